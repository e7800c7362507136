import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Dependencies } from '../dependencies.ts';
import type { Logger } from '../logger.ts';
import { InjectLogger } from '../tokens.ts';
import { type ProblemDetails, toProblemDetails, contentType, unavailable } from './problem-details.ts';
import { Problem } from './problem.ts';

const retryOutageSeconds = 2;

/** Sends errors as HTTP responses, and logs them. All errors of routes pass through it. */
@Injectable()
export class ProblemSender {
  constructor(
    private readonly dependencies: Dependencies,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  send(error: unknown, reply: FastifyReply): void {
    const problem = this.problemOf(error);
    // Dependencies log their outage themselves, once.
    if (problem.status === 503) {
      this.logger.debug({ err: error, code: problem.code }, 'a request failed because a dependency is unavailable');
      this.dependencies.checkNow();
    } else if (problem.status >= 500) {
      this.logger.error({ err: error, code: problem.code }, 'a request failed');
    }
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfter = error instanceof Problem ? error.retryAfterSeconds : undefined;
    if (retryAfter !== undefined || problem.status === 503)
      reply.header('retry-after', String(retryAfter ?? retryOutageSeconds));
    reply.status(problem.status).header('content-type', contentType).send(problem);
  }

  /** During the start, an unexpected error is reported as an unavailable dependency. */
  private problemOf(error: unknown): ProblemDetails {
    const problem = toProblemDetails(error);
    return problem.status === 500 && this.dependencies.isStarting() ? unavailable : problem;
  }
}
