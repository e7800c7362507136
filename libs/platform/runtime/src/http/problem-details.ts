import { HttpException, HttpStatus } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { isRetriable } from '@sestante/postgres';
import { type Static, Type } from 'typebox';
import { Problem } from './problem.ts';

/** Problem details (RFC 9457) with a stable `code`. */
export const problemDetailsSchema = Type.Object(
  {
    type: Type.Literal('about:blank'),
    title: Type.String({ description: 'The reason phrase of the status.' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({
      pattern: '^[a-z]+(-[a-z0-9]+)*$',
      description: 'The stable code of the problem, for programs.',
    }),
    detail: Type.String({ description: 'The explanation of the problem, for people.' }),
  },
  { $id: 'Problem' },
);
export type ProblemDetails = Readonly<Static<typeof problemDetailsSchema>>;

export const contentType = 'application/problem+json';

/** The problem details for an error. The message of an unexpected error is not exposed. */
export function toProblemDetails(error: unknown): ProblemDetails {
  if (error instanceof Problem) return { ...problemDetails(error.status, error.code, error.message), ...error.more };
  if (error instanceof HttpException)
    return problemDetails(error.getStatus(), codeOf(error.getStatus()), detailOf(error));
  const { statusCode, code, message } = (error ?? {}) as { statusCode?: number; code?: string; message?: string };
  if (statusCode && statusCode < 500) return problemDetails(statusCode, codeOf(statusCode, code), message ?? '');
  if (isRetriable(error)) return unavailable;
  return problemDetails(500, 'internal', 'An internal error occurred. Its details are in the log of the service.');
}

export function problemDetails(status: number, code: string, detail: string): ProblemDetails {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

export const unavailable = problemDetails(
  503,
  'unavailable',
  'A dependency of the service is unavailable. Retry later.',
);

function detailOf(error: HttpException): string {
  const response = error.getResponse() as { message?: string | string[] } | string;
  const message = typeof response === 'string' ? response : (response.message ?? error.message);
  return Array.isArray(message) ? message.join('; ') : message;
}

function codeOf(status: number, code?: string): string {
  if (code?.startsWith('FST_ERR_')) return code.slice('FST_ERR_'.length).toLowerCase().replaceAll('_', '-');
  return (HttpStatus[status] ?? 'error').toLowerCase().replaceAll('_', '-');
}
