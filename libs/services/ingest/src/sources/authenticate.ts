import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { allows } from './origins.ts';
import { Senders } from './senders.ts';
import type { Sender } from '../types/source.ts';
import { writeKeyOf } from './write-key.ts';

/** Tells which source a request comes from. Every route that takes a write key asks here. */
@Injectable()
export class Authenticate {
  constructor(private readonly senders: Senders) {}

  /** The source of the request's write key, which some routes have in their address. Throws 401 for the key, 403 for the page that uses it. */
  async senderOf(request: FastifyRequest, keyInAddress?: unknown): Promise<Sender> {
    const key = writeKeyOf(request, keyInAddress);
    if (!key)
      throw new Problem(
        401,
        'key-missing',
        'Send the write key of a source as Basic user name, as Bearer, as X-Write-Key, or as `writeKey` in the body.',
      );
    const sender = await this.senders.byKey(key);
    if (!sender) throw new Problem(401, 'key-unknown', 'This write key is not known.');
    assertAtHome(sender, request.headers.origin);
    return sender;
  }
}

/** A page names its origin, and cannot lie about it. What is no page names none. */
function assertAtHome({ keyKind, origins }: Sender, origin: string | undefined): void {
  if (origin === undefined) return;
  if (keyKind === 'secret')
    throw new Problem(
      403,
      'secret-key-in-browser',
      'This key is a secret, and a page has it, where everybody can read it: make a browser key for the source.',
    );
  if (!allows(origins, origin))
    throw new Problem(403, 'origin-not-allowed', `${origin} is not among the origins of the source.`);
}
