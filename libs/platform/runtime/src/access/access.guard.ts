import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Access, accessKey } from './access.ts';
import { ApiKeys } from './api-keys.ts';
import type { Caller } from './caller-access.ts';
import { CustomerTokens } from './customer-tokens.ts';

type Closed = Access & { kind: 'keys' };
type Params = Record<string, string | undefined>;
type Query = Record<string, unknown>;

/** Denies, then allows: a route without a declared access is closed to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeys,
    private readonly customerTokens: CustomerTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new ForbiddenException('This route is closed.');
    if (access.kind === 'open') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const credential = credentialOf(request);
    if (!credential) throw new UnauthorizedException('Send an API key or a customer token as Authorization: Bearer ….');
    const { id } = request.params as Params;
    request.access = looksLikeJwt(credential)
      ? await this.customerBy(credential, access, id)
      : await this.keyHolderBy(credential, access, id);
    return true;
  }

  private async keyHolderBy(credential: string, access: Closed, id: string | undefined): Promise<Caller> {
    const holder = await this.apiKeys.holderOf(credential);
    if (!holder) throw new UnauthorizedException('This API key is not known.');
    const { role } = holder;
    if (role !== 'admin' && !access.roles.includes(role))
      throw new ForbiddenException(`A key with the role ${role} may not do this.`);
    return { kind: 'key', ...holder, customerId: access.customer ? id : undefined };
  }

  /** `me` in the path stands for the customer of the token. */
  private async customerBy(credential: string, access: Closed, id: string | undefined): Promise<Caller> {
    const opened = await this.customerTokens.read(credential);
    if (!opened) throw new UnauthorizedException('This token is not valid, or no longer.');
    if (!access.customer || (id !== 'me' && id !== opened.customerId))
      throw new ForbiddenException('This token opens its own customer only.');
    return { kind: 'customer', ...opened };
  }
}

/** Three parts, the first of them a JSON object in base64url. API keys may have dots, too. */
const looksLikeJwt = (credential: string) => /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(credential);

/** The API key, or the token, that the headers of a request carry. */
export function apiKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-api-key'];
  return typeof key === 'string' ? key : undefined;
}

/** Browsers cannot send headers with an EventSource: streams take the token as `access_token`, other routes do not. */
function credentialOf(request: FastifyRequest): string | undefined {
  const key = apiKeyOf(request);
  if (key !== undefined) return key;
  const isStream = request.headers.accept?.includes('text/event-stream') ?? false;
  const { access_token: token } = request.query as Query;
  return isStream && typeof token === 'string' && token !== '' ? token : undefined;
}
