import type { ResponseChecker } from '@sestante/runtime/openapi';
import { routedPath } from './ledger/events-in.ts';
import type { FuzzedRequest } from './requests/request.ts';
import type { Answer } from './send.ts';

/** What is wrong with an answer, whatever was asked; undefined where nothing is. */
export function mismatchOf(
  { method, path }: FuzzedRequest,
  { status, contentType, text }: Answer,
  checker: ResponseChecker,
): string | undefined {
  if (status >= 500) return `answered ${status}: ${text}`;
  // Only pages of other origins ask like this, and no route is asked.
  if (method === 'OPTIONS' && status === 204) return undefined;
  return checker.mismatchOf({
    // In small letters it is another, which nobody knows.
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
