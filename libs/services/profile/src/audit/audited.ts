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
 * of the response and of the request: a merge is noted for both.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AuditLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const audited = this.reflector.get<AuditedRoute>(actionKey, context.getHandler());
    const { access, params, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!access || access.kind === 'customer') return next.handle();
    const isDry = (query as { dry?: string }).dry === 'true';
    const action = (isDry ? audited.dry : undefined) ?? audited.action;
    const asked = { ...(params as { id?: string }), ...(body as { customerId?: string } | undefined) };
    return next.handle().pipe(
      mergeMap((response: AboutCustomers | undefined) => {
        const noted = customersIn(response ?? {}, asked).map((customerId) =>
          this.log.add(action, customerId, actorOf(access)),
        );
        return from(Promise.all(noted)).pipe(map(() => response));
      }),
    );
  }
}

/** The customers of the response, and those that the request names. */
function customersIn(
  { customerId, customers = [], items = [] }: AboutCustomers,
  asked: { readonly id?: string; readonly customerId?: string },
): readonly string[] {
  const named = [customerId, ...customers, asked.id, asked.customerId, ...items.map((item) => item.customerId)];
  return [...new Set(named.filter((one) => one !== undefined))];
}

interface AuditedRoute {
  readonly action: AuditedAction;
  /** What the route does with `dry=true`. */
  readonly dry?: AuditedAction;
}

/** Notes successful requests of API keys to the route in the audit log. Only a route that has a dry run may name `dry`. */
export const Audited = (action: AuditedAction, { dry }: { readonly dry?: AuditedAction } = {}) =>
  applyDecorators(SetMetadata(actionKey, { action, dry }), UseInterceptors(AuditInterceptor));
