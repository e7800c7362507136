import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Dependencies } from '../dependencies.ts';
import type { Logger } from '../logger.ts';
import { InjectLogger } from '../tokens.ts';
import { type Answer, answerTo, contentType, unavailable } from './answer.ts';
import { Problem } from './problem.ts';

const retryOutageSeconds = 2;

/** The one place where errors become HTTP. */
@Injectable()
export class ProblemAnswers {
  constructor(
    private readonly dependencies: Dependencies,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  send(error: unknown, reply: FastifyReply): void {
    const answer = this.answerTo(error);
    // What is away has its one line in the log already, or gets it now.
    if (answer.status === 503) {
      this.logger.debug({ err: error, code: answer.code }, 'a request cannot be served yet');
      this.dependencies.suspect();
    } else if (answer.status >= 500) {
      this.logger.error({ err: error, code: answer.code }, 'a request failed');
    }
    if (reply.sent || reply.raw.headersSent) return;
    const retryAfter = error instanceof Problem ? error.retryAfterSeconds : undefined;
    if (retryAfter !== undefined || answer.status === 503)
      reply.header('retry-after', String(retryAfter ?? retryOutageSeconds));
    reply.status(answer.status).header('content-type', contentType).send(answer);
  }

  /** Until everything has been opened once, errors tell only that. */
  private answerTo(error: unknown): Answer {
    const answer = answerTo(error);
    return answer.status === 500 && this.dependencies.areOpening() ? unavailable : answer;
  }
}
