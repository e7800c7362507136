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
import type { Caller } from '../access/caller-access.ts';
import { actorOf, type AuditedAction, AuditLog } from './audit-log.ts';

const actionKey = 'sestante:audited';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A response about one or several customers. */
interface AboutCustomers {
  readonly customerId?: string;
  readonly customers?: readonly string[];
  readonly items?: readonly { readonly customerId?: string }[];
}

/**
 * Adds an entry to the log before the response is sent: without it, the caller gets nothing. A customer who reads its own data is not noted. The customers are those
 * of the response and of the path. The body does not count: anybody could write any id into it.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly log: AuditLog,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { action, isStream } = this.reflector.get<AuditedRoute>(actionKey, context.getHandler());
    const { access, params } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!access || access.kind === 'customer') return next.handle();
    const { id } = params as { readonly id?: string };
    const note = (response?: AboutCustomers) => from(this.note(action, customersIn(response ?? {}, id), access));
    if (isStream) return note().pipe(mergeMap(() => next.handle()));
    return next
      .handle()
      .pipe(mergeMap((response: AboutCustomers | undefined) => note(response).pipe(map(() => response))));
  }

  private async note(action: AuditedAction, customerIds: readonly string[], caller: Caller): Promise<void> {
    if (customerIds.length > 0) await this.log.add({ action, customerIds, actor: actorOf(caller) });
  }
}

/** The customers of the response, and the one that the path names. The route has not checked an id yet if it is a stream: one that is no UUID is refused. */
function customersIn(
  { customerId, customers = [], items = [] }: AboutCustomers,
  id: string | undefined,
): readonly string[] {
  const named = [customerId, ...customers, id, ...items.map((item) => item.customerId)];
  return named.filter((one) => one !== undefined && uuid.test(one)) as string[];
}

interface AuditedRoute {
  readonly action: AuditedAction;
  /** The route sends its response itself, so the entry is added before it begins. */
  readonly isStream: boolean;
}

/** Notes successful requests of API keys to the route in the audit log; of a route that streams its response, all requests. */
export const Audited = (action: AuditedAction, { isStream = false }: { readonly isStream?: boolean } = {}) =>
  applyDecorators(SetMetadata(actionKey, { action, isStream }), UseInterceptors(AuditInterceptor));
