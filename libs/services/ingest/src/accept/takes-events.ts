import { applyDecorators, HttpCode } from '@nestjs/common';
import { Fails } from '@sestante/runtime';

/** A route whose answer is what `AcceptEvents` comes to. */
export const TakesEvents = () =>
  applyDecorators(HttpCode(200), Fails(429, 'rate-limited'), Fails(503, 'stream-unavailable'));
