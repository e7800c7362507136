import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ProblemSender } from './problem-sender.ts';

/** Sends every error that Nest catches as problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly problems: ProblemSender) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.problems.send(error, host.switchToHttp().getResponse<FastifyReply>());
  }
}
