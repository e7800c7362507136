import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A received token request. */
export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly body: string;
}

/** The response of the endpoint: JSON with a status, or no response. */
export type TokenAnswer = { readonly status: number; readonly body: unknown } | 'silence';

export interface TokenEndpoint {
  readonly url: string;
  readonly requests: readonly TokenRequest[];
  close(): Promise<void>;
}

/** A token endpoint on loopback that responds to each request with the result of `answer`. */
export async function tokenEndpoint(answer: (request: TokenRequest) => TokenAnswer): Promise<TokenEndpoint> {
  const requests: TokenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = { authorization: incoming.headers.authorization, body: await textOf(incoming) };
    requests.push(request);
    const answered = answer(request);
    if (answered === 'silence') return;
    outgoing.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/token`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A token without a signature (RFC 7519, section 6), which Kafka's validator for tests accepts. */
export function unsignedToken(subject: string, lifeSeconds: number): string {
  const now = Date.now() / 1_000;
  const parts = [{ alg: 'none' }, { sub: subject, iat: now, exp: now + lifeSeconds }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}

export const granted = (token: string, lifeSeconds?: number): TokenAnswer => ({
  status: 200,
  body: {
    access_token: token,
    token_type: 'Bearer',
    ...(lifeSeconds === undefined ? {} : { expires_in: lifeSeconds }),
  },
});

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
