import type { ResponseChecker } from '@sestante/runtime/openapi';
import { routedPath } from './ledger/events-in.ts';
import type { FuzzedRequest } from './requests/request.ts';
import type { Answer } from './send.ts';

/** The fault of a response: a status above 499, or a difference from the document; undefined if there is none. */
export function mismatchOf(
  { method, path }: FuzzedRequest,
  { status, contentType, text }: Answer,
  checker: ResponseChecker,
): string | undefined {
  if (status >= 500) return `responded with ${status}: ${text}`;
  // A preflight request of another origin, which reaches no route.
  if (method === 'OPTIONS' && status === 204) return undefined;
  return checker.mismatchOf({
    // A method in lower case is a different, unknown method.
    method: /[a-z]/.test(method) ? 'none' : method,
    path: routedPath(path),
    status,
    contentType,
    body: bodyOf(contentType, text),
  });
}

function bodyOf(contentType: string | undefined, text: string | undefined): unknown {
  if (text === undefined || !/json\b/.test(contentType ?? '')) return text;
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
