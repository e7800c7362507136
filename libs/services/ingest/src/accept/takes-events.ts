import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiProblem } from '@sestante/runtime';

/** Decorates a route that responds with the result of `AcceptEvents`. */
export const TakesEvents = () =>
  applyDecorators(HttpCode(200), ApiProblem(429, 'rate-limited'), ApiProblem(503, 'stream-unavailable'));
