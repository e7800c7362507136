import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import { reasonOf as causeOf } from '@sestante/postgres';

/** Where a client gets tokens with its own name and secret: the client-credentials grant of OAuth 2.0. */
export interface TokenSource {
  /** An http(s) URL. Plain http is for tests: it shows the secret to the network. */
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

/** No token was given. The message has the endpoint, the client and the reason, never the secret. */
export class NoToken extends Error {
  constructor({ tokenEndpoint, clientId }: TokenSource, reason: string) {
    super(`${tokenEndpoint} gave no token to the client ${clientId}: ${reason}`);
    this.name = 'NoToken';
  }
}

/** Less than the check of the stream waits, so that it can say the reason. */
const requestMs = 2_500;
const longestMarginMs = 30_000;

interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly renewAt: number;
}

/**
 * A function that gives a token: the one that it has, until half of its life is left (at most 30 s), then a new one. Whoever asks meanwhile
 * waits for the same request. A token whose life the endpoint does not tell is used once. Rejects with `NoToken`.
 */
export function tokensOf(source: TokenSource, now: () => number = Date.now): () => Promise<string> {
  let known: Token | undefined;
  let request: Promise<Token> | undefined;
  return async () => {
    if (known && now() < known.renewAt) return known.value;
    request ??= requestToken(source, now).finally(() => (request = undefined));
    known = await request;
    return known.value;
  };
}

async function requestToken(source: TokenSource, now: () => number): Promise<Token> {
  const { tokenEndpoint, clientId, clientSecret, scope } = source;
  const server = { issuer: new URL(tokenEndpoint).origin, token_endpoint: tokenEndpoint };
  const client = { client_id: clientId };
  try {
    const askedAt = now();
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      ClientSecretBasic(clientSecret),
      scope === undefined ? {} : { scope },
      { signal: AbortSignal.timeout(requestMs), [allowInsecureRequests]: true },
    );
    const token = await processClientCredentialsResponse(server, client, response);
    const lifeMs = 1_000 * (token.expires_in ?? 0);
    return { value: token.access_token, renewAt: askedAt + lifeMs - Math.min(longestMarginMs, lifeMs / 2) };
  } catch (error) {
    throw new NoToken(source, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ResponseBodyError)
    return [`${error.status} ${error.error}`, error.error_description].filter(Boolean).join(', ');
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${requestMs} ms`;
  if (cause instanceof Response) return `it answered ${cause.status}, ${message}`;
  return cause ? `${message}: ${causeOf(cause)}` : message;
}
