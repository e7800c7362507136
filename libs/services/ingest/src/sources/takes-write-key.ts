import { applyDecorators } from '@nestjs/common';
import { Fails, OpenToSources } from '@sestante/runtime';

/** A route that asks `Authenticate` for its sender, whose write key is in one of these places. */
export const TakesWriteKey = (...places: Parameters<typeof OpenToSources>) =>
  applyDecorators(
    OpenToSources(...places),
    Fails(401, 'key-missing', 'key-unknown'),
    Fails(403, 'secret-key-in-browser', 'origin-not-allowed'),
  );
