import { Injectable } from '@nestjs/common';
import { apiKeyOf, ApiKeys, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { Authenticate } from '../sources/authenticate.ts';
import type { Sender } from '../types/source.ts';

/** Who may send files, and who may see how far they are. */
@Injectable()
export class ImportAccess {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly apiKeys: ApiKeys,
  ) {}

  /** The source that sends a file. Throws 401, and 403 for a key that anybody can read. */
  async senderOf(request: FastifyRequest): Promise<Sender> {
    const sender = await this.authenticate.senderOf(request);
    if (sender.keyKind !== 'secret')
      throw new Problem(403, 'key-not-secret', 'Imports need a secret key of the source: this is a browser key.');
    return sender;
  }

  /** The source whose imports the caller may see; null for those of all, which an administrator sees. Throws 401 and 403. */
  async sourceSeenBy(request: FastifyRequest): Promise<string | null> {
    const apiKey = apiKeyOf(request);
    const role = apiKey === undefined ? undefined : (await this.apiKeys.holderOf(apiKey))?.role;
    if (role === undefined) return (await this.senderOf(request)).id;
    if (role !== 'admin') throw new Problem(403, 'forbidden', `A key with the role ${role} may not do this.`);
    return null;
  }
}
