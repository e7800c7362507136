import { api, dataOf } from './client.ts';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The JSON answer of a GET whose path has its parameters in it. Throws `ApiError`. */
export const getJson = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  dataOf(api.GET(path as never, { params: { query }, signal } as never) as never);

/** The JSON answer of a request with a body. Throws `ApiError`. */
export const sendJson = <T>(method: 'post' | 'put' | 'delete', path: string, body?: unknown): Promise<T> =>
  dataOf(api.request(method, path as never, (body === undefined ? {} : { body }) as never) as never);

/** A path with the parameters that are given, for links. */
export function pathWith(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? path
    : `${path}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}
