import { Fault } from './fault.ts';
import { type OnError, retryRequest } from './retry-request.ts';
import { problemText, request } from './request.ts';
import type { Target } from './target.ts';

/** Reads from the API with the API key and retries after transient failures. `path` starts with a slash. Throws `Fault` on a refusal. */
export function readApi<T>(target: Target, path: string, onError?: OnError): Promise<T> {
  return askApi<T>(target, path, {}, onError);
}

/** Sends a POST request in the same way. The body may be sent more than once. */
export function postApi<T>(target: Target, path: string, body: object): Promise<T> {
  return askApi<T>(target, path, { method: 'POST', body: JSON.stringify(body) });
}

async function askApi<T>(target: Target, path: string, options: RequestInit, onError?: OnError): Promise<T> {
  const headers = { authorization: `Bearer ${target.apiKey}`, 'content-type': 'application/json' };
  const answer = await retryRequest(() => request(target.url + path, { ...options, headers }), { onError });
  if (answer.status === 401)
    throw new Fault(`${target.url} rejects the API key: set SESTANTE_API_KEY, or SESTANTE_DATA to its folder.`);
  if (answer.status >= 300) throw new Fault(`${target.url} rejects ${path}: ${problemText(answer)}`);
  if (answer.body === undefined) throw new Fault(`The server at ${target.url} is not Sestante.`);
  return answer.body as T;
}
