import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import { reasonOf as causeOf } from '@sestante/postgres';

/** A token endpoint and the client's id and secret, for the client-credentials grant of OAuth 2.0. */
export interface TokenSource {
  /** An http(s) URL. Plain http is for tests: it sends the secret unencrypted. */
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

/** The endpoint issued no token. The message contains the endpoint, the client and the reason, never the secret. */
export class TokenRequestFailed extends Error {
  constructor({ tokenEndpoint, clientId }: TokenSource, reason: string) {
    super(`${tokenEndpoint} issued no token for the client ${clientId}: ${reason}`);
    this.name = 'TokenRequestFailed';
  }
}

/** Less than the time limit of the stream's check, so that the check can report the reason. */
const requestMs = 2_500;
const longestMarginMs = 30_000;

interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly renewAt: number;
}

/**
 * Returns a function that resolves to a token. It caches the token and renews it 30 s before its expiry, or after half of its lifetime if that is
 * later. Concurrent calls share one request. A token without `expires_in` is used once. Rejects with `TokenRequestFailed`.
 */
export function tokensOf(source: TokenSource, now: () => number = Date.now): () => Promise<string> {
  let cached: Token | undefined;
  let request: Promise<Token> | undefined;
  return async () => {
    if (cached && now() < cached.renewAt) return cached.value;
    request ??= requestToken(source, now).finally(() => (request = undefined));
    cached = await request;
    return cached.value;
  };
}

async function requestToken(source: TokenSource, now: () => number): Promise<Token> {
  const { tokenEndpoint, clientId, clientSecret, scope } = source;
  const server = { issuer: new URL(tokenEndpoint).origin, token_endpoint: tokenEndpoint };
  const client = { client_id: clientId };
  try {
    const requestedAt = now();
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      ClientSecretBasic(clientSecret),
      scope === undefined ? {} : { scope },
      { signal: AbortSignal.timeout(requestMs), [allowInsecureRequests]: true },
    );
    const token = await processClientCredentialsResponse(server, client, response);
    const lifetimeMs = 1_000 * (token.expires_in ?? 0);
    return { value: token.access_token, renewAt: requestedAt + lifetimeMs - Math.min(longestMarginMs, lifetimeMs / 2) };
  } catch (error) {
    throw new TokenRequestFailed(source, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ResponseBodyError)
    return [`${error.status} ${error.error}`, error.error_description].filter(Boolean).join(', ');
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no response within ${requestMs} ms`;
  if (cause instanceof Response) return `it responded with ${cause.status}, ${message}`;
  return cause ? `${message}: ${causeOf(cause)}` : message;
}
