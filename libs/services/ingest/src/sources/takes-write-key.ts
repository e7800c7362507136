import { applyDecorators } from '@nestjs/common';
import { ApiProblem, PublicWithWriteKey } from '@sestante/runtime';

/** Decorates a route whose sender is authenticated by `Authenticate`. The write key is in one of these places. */
export const TakesWriteKey = (...places: Parameters<typeof PublicWithWriteKey>) =>
  applyDecorators(
    PublicWithWriteKey(...places),
    ApiProblem(401, 'key-missing', 'key-unknown'),
    ApiProblem(403, 'secret-key-in-browser', 'origin-not-allowed'),
  );
