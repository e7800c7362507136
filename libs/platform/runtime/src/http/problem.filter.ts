import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ProblemAnswers } from './problem-answers.ts';

/** What Nest catches is answered as a problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly problems: ProblemAnswers) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.problems.send(error, host.switchToHttp().getResponse<FastifyReply>());
  }
}
