import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { allows } from './origins.ts';
import { Senders } from './senders.ts';
import type { Sender } from '../types/source.ts';
import { writeKeyOf } from './write-key.ts';

/** Authenticates sources by their write keys, for every route that accepts one. */
@Injectable()
export class Authenticate {
  constructor(private readonly senders: Senders) {}

  /** The source of the request's write key; some routes have the key in their address. Throws 401 for a missing or unknown key, 403 for a page that may not use it. */
  async senderOf(request: FastifyRequest, keyInAddress?: unknown): Promise<Sender> {
    const key = writeKeyOf(request, keyInAddress);
    if (!key)
      throw new Problem(
        401,
        'key-missing',
        'Send the write key of a source as Basic user name, as Bearer token, as X-Write-Key, or as `writeKey` in the body.',
      );
    const sender = await this.senders.byKey(key);
    if (!sender) throw new Problem(401, 'key-unknown', 'This write key is unknown.');
    assertOriginAllowed(sender, request.headers.origin);
    return sender;
  }
}

/** Throws 403 for a page that may not use the key. Browsers set the origin, and pages cannot change it; other clients send none. */
function assertOriginAllowed({ keyKind, origins }: Sender, origin: string | undefined): void {
  if (origin === undefined) return;
  if (keyKind === 'secret')
    throw new Problem(
      403,
      'secret-key-in-browser',
      'This key is a secret key, but a page uses it, where anybody can read it. Create a browser key for the source.',
    );
  if (!allows(origins, origin))
    throw new Problem(403, 'origin-not-allowed', `${origin} is not among the origins of the source. Add it to them.`);
}
