import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiProblem } from '@sestante/runtime';

/** A route whose answer is what `AcceptEvents` comes to. */
export const TakesEvents = () =>
  applyDecorators(HttpCode(200), ApiProblem(429, 'rate-limited'), ApiProblem(503, 'stream-unavailable'));
