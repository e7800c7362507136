import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { notFound, Problem } from '../http/problem.ts';
import { type Access, accessKey } from './access.ts';
import { ApiKeys, type KeyHolder } from './api-keys.ts';
import type { Caller } from './caller-access.ts';
import { CustomerTokens } from './customer-tokens.ts';
import { FormerIds } from './former-ids.ts';
import { isOfOwnPage, otherOrigin } from './same-origin.ts';
import { sessionSecretOf } from './session-cookie.ts';
import { Sessions } from './sessions.ts';

type KeyAccess = Access & { kind: 'keys' };
type Params = Record<string, string | undefined>;
type Query = Record<string, unknown>;

/** Denies by default: a route that declares no access rejects every request with 403. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeys,
    private readonly customerTokens: CustomerTokens,
    private readonly formerIds: FormerIds,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new ForbiddenException('Access to this route is not allowed.');
    if (access.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { id } = request.params as Params;
    const credential = credentialOf(request);
    if (!credential) request.access = allowed(await this.sessionHolderOf(request), access, id);
    else if (looksLikeJwt(credential)) request.access = await this.customerBy(credential, access, id);
    else request.access = allowed(await this.keyHolderBy(credential), access, id);
    return true;
  }

  private async keyHolderBy(credential: string): Promise<KeyHolder> {
    const holder = await this.apiKeys.findHolder(credential);
    if (!holder) throw new UnauthorizedException('The API key is invalid, expired or revoked.');
    return holder;
  }

  /** A browser adds the cookie of a session by itself, whoever made it send the request. */
  private async sessionHolderOf(request: FastifyRequest): Promise<KeyHolder> {
    const secret = sessionSecretOf(request);
    if (secret === undefined)
      throw new UnauthorizedException(
        'Authentication is required: send an API key or a customer token as Authorization: Bearer ….',
      );
    if (!isOfOwnPage(request)) throw otherOrigin();
    const holder = await this.sessions.findHolder(secret);
    if (!holder) throw new Problem(401, 'session-ended', 'The session has ended. Sign in again.');
    return holder;
  }

  /** `me` in the path stands for the customer of the token. Any other customer does not exist for it. */
  private async customerBy(credential: string, access: KeyAccess, id: string | undefined): Promise<Caller> {
    const claims = await this.customerTokens.read(credential);
    if (!claims) throw new UnauthorizedException('The customer token is invalid or expired.');
    if (!access.customer)
      throw new ForbiddenException('A customer token gives access to routes about its own customer only.');
    if (access.customer !== 'any' && id !== 'me' && id !== claims.customerId) throw notFound('customer');
    if (claims.isWeak && (await this.formerIds.isFormer(claims.customerId))) throw tokenEnded();
    return { kind: 'customer', ...claims };
  }
}

/** The caller, if its role is allowed to call the route. */
function allowed({ keyId, name, role }: KeyHolder, access: KeyAccess, id: string | undefined): Caller {
  if (role !== 'admin' && !access.roles.includes(role))
    throw new ForbiddenException(`An API key with the role ${role} is not allowed to call this route.`);
  return { kind: 'key', keyId, name, role, customerId: access.customer === true ? id : undefined };
}

const tokenEnded = () =>
  new Problem(
    401,
    'token-ended',
    'The token has ended: its customer is known by a stronger identifier now. Request a new token for the account.',
  );

/** Three parts separated by dots, the first of them a JSON object in base64url. API keys may contain dots, too. */
const looksLikeJwt = (credential: string) => /^eyJ[^.]*\.[^.]*\.[^.]*$/.test(credential);

/** The API key or the customer token in the headers of a request. */
export function apiKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? headers['x-api-key'];
  return typeof key === 'string' ? key : undefined;
}

/** A browser cannot set headers on an EventSource, so event streams accept the token as the query parameter `access_token`. Other routes do not. */
function credentialOf(request: FastifyRequest): string | undefined {
  const key = apiKeyOf(request);
  if (key !== undefined) return key;
  const isStream = request.headers.accept?.includes('text/event-stream') ?? false;
  const { access_token: token } = request.query as Query;
  return isStream && typeof token === 'string' && token !== '' ? token : undefined;
}
