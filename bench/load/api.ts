import type { Server } from '../system/server.ts';

type Endpoint = Pick<Server, 'port' | 'apiKey'>;

/** An answer of the API to the administrator. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the route answers
}

/** Calls a route with the administrator's key, such as `api(server, 'GET /api/v1/customers/…')`. */
export async function api({ port, apiKey }: Endpoint, route: string, body?: object): Promise<ApiAnswer> {
  const [method, path] = route.split(' ') as [string, string];
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The id of the customer with this account. */
export async function customerIdOf(server: Endpoint, userId: string): Promise<string> {
  const { status, body } = await api(server, `GET /api/v1/customers?kind=user_id&value=${userId}`);
  if (status !== 200 || body.items.length !== 1) throw new Error(`The customer ${userId} is not found: ${status}`);
  return body.items[0].customerId as string;
}

/** The GET of a route with the administrator's key, as bytes for a socket. */
export function getRequest({ port, apiKey }: Endpoint, path: string): Buffer {
  return Buffer.from(
    `${[`GET ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, `authorization: Bearer ${apiKey}`].join('\r\n')}\r\n\r\n`,
  );
}
