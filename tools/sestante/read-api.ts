import { Fault } from './fault.ts';
import { type OnTrouble, persist } from './persist.ts';
import { refusalOf, request } from './request.ts';
import type { Target } from './target.ts';

/** Reads from the API with the API key, through every passing trouble. `path` begins with a slash. Throws `Fault` on a refusal. */
export function readApi<T>(target: Target, path: string, onTrouble?: OnTrouble): Promise<T> {
  return askApi<T>(target, path, {}, onTrouble);
}

/** The same with a body, which may be sent more than once. */
export function postApi<T>(target: Target, path: string, body: object): Promise<T> {
  return askApi<T>(target, path, { method: 'POST', body: JSON.stringify(body) });
}

async function askApi<T>(target: Target, path: string, options: RequestInit, onTrouble?: OnTrouble): Promise<T> {
  const headers = { authorization: `Bearer ${target.apiKey}`, 'content-type': 'application/json' };
  const answer = await persist(() => request(target.url + path, { ...options, headers }), { onTrouble });
  if (answer.status === 401)
    throw new Fault(`${target.url} does not know the API key: set SESTANTE_API_KEY, or SESTANTE_DATA to its folder.`);
  if (answer.status >= 300) throw new Fault(`${target.url} refuses ${path}: ${refusalOf(answer)}`);
  if (answer.body === undefined) throw new Fault(`Something answers at ${target.url}, but it is not Sestante.`);
  return answer.body as T;
}
