import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { isPassing } from '@sestante/postgres';
import type { Logger } from '../observe/logger.ts';
import { Problem } from './problem.ts';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** The one place where errors become HTTP: problem details (RFC 9457) with a stable `code`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = answerOf(error);
    if (answer.status >= 500)
      this.logger.error({ err: error, status: answer.status, code: answer.code }, 'a request failed');
    if (reply.sent || reply.raw.headersSent) return;
    if (answer.status === 503) reply.header('retry-after', '2');
    reply
      .status(answer.status)
      .header('content-type', 'application/problem+json')
      .send({ type: 'about:blank', title: STATUS_CODES[answer.status] ?? 'Error', ...answer });
  }
}

function answerOf(error: unknown): Answer {
  if (error instanceof Problem) return { status: error.status, code: error.code, detail: error.message };
  if (error instanceof HttpException) {
    const response = error.getResponse() as { message?: string | string[] } | string;
    const message = typeof response === 'string' ? response : (response.message ?? error.message);
    const status = error.getStatus();
    return { status, code: codeOf(status), detail: Array.isArray(message) ? message.join('; ') : message };
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode && statusCode < 500)
    return { status: statusCode, code: codeOf(statusCode, code), detail: message ?? '' };
  if (isPassing(error))
    return { status: 503, code: 'unavailable', detail: 'A part that this needs is away. Try again shortly.' };
  return { status: 500, code: 'internal', detail: 'Something went wrong here. It is in the log.' };
}

function codeOf(status: number, code?: string): string {
  if (code?.startsWith('FST_ERR_')) return code.slice('FST_ERR_'.length).toLowerCase().replaceAll('_', '-');
  return (HttpStatus[status] ?? 'error').toLowerCase().replaceAll('_', '-');
}
