import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { actorOf, type AuditedAction, AuditLog } from './audit-log.ts';

const actionKey = 'sestante:audited';

/** A response about one or several customers. */
interface AboutCustomers {
  readonly customerId?: string;
  readonly customers?: readonly string[];
  readonly items?: readonly { readonly customerId?: string }[];
}

/**
 * Adds an entry to the log before the response is sent: without it, the caller gets nothing. A customer who reads its own data is not noted. The customers are those
 * of the response, or the one in the path.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AuditLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get<AuditedAction>(actionKey, context.getHandler());
    const { access, params, query } = context.switchToHttp().getRequest<FastifyRequest>();
    const { id } = params as { id?: string };
    const { dry } = query as { dry?: string };
    const done = dry === 'true' ? 'identity.read' : action;
    if (!access || access.kind === 'customer') return next.handle();
    return next.handle().pipe(
      mergeMap((response: AboutCustomers | undefined) => {
        const noted = customersIn(response ?? {}, id).map((customerId) =>
          this.log.add(done, customerId, actorOf(access)),
        );
        return from(Promise.all(noted)).pipe(map(() => response));
      }),
    );
  }
}

function customersIn({ customerId, customers, items }: AboutCustomers, id: string | undefined): readonly string[] {
  if (customerId !== undefined) return [customerId];
  if (customers) return customers;
  if (id !== undefined) return [id];
  return (items ?? []).flatMap((item) => item.customerId ?? []);
}

/** Notes successful requests of API keys to the route in the audit log. */
export const Audited = (action: AuditedAction) =>
  applyDecorators(SetMetadata(actionKey, action), UseInterceptors(AuditInterceptor));
