import { HttpException, HttpStatus } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { isRetriable } from '@sestante/postgres';
import { type Static, Type } from 'typebox';
import { Problem } from './problem.ts';

/** Problem details (RFC 9457) with a stable `code`. */
export const problemDetails = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String({ description: 'The phrase of the status.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ pattern: '^[a-z]+(-[a-z0-9]+)*$', description: 'For programs. It stays as it is.' }),
    detail: Type.String({ description: 'For people.' }),
  },
  { $id: 'Problem' },
);
export type Answer = Readonly<Static<typeof problemDetails>>;

export const contentType = 'application/problem+json';

/** What is answered to whoever ran into the error. Nothing of an error that is ours is told. */
export function answerTo(error: unknown): Answer {
  if (error instanceof Problem) return answer(error.status, error.code, error.message);
  if (error instanceof HttpException) return answer(error.getStatus(), codeOf(error.getStatus()), detailOf(error));
  const { statusCode, code, message } = (error ?? {}) as { statusCode?: number; code?: string; message?: string };
  if (statusCode && statusCode < 500) return answer(statusCode, codeOf(statusCode, code), message ?? '');
  if (isRetriable(error)) return unavailable;
  return answer(500, 'internal', 'Something went wrong here. It is in the log.');
}

export function answer(status: number, code: string, detail: string): Answer {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

export const unavailable = answer(503, 'unavailable', 'A part that this needs is away. Try again shortly.');

function detailOf(error: HttpException): string {
  const response = error.getResponse() as { message?: string | string[] } | string;
  const message = typeof response === 'string' ? response : (response.message ?? error.message);
  return Array.isArray(message) ? message.join('; ') : message;
}

function codeOf(status: number, code?: string): string {
  if (code?.startsWith('FST_ERR_')) return code.slice('FST_ERR_'.length).toLowerCase().replaceAll('_', '-');
  return (HttpStatus[status] ?? 'error').toLowerCase().replaceAll('_', '-');
}
