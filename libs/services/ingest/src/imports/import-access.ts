import { Injectable } from '@nestjs/common';
import { apiKeyOf, ApiKeys, Problem } from '@sestante/runtime';
import type { FastifyRequest } from 'fastify';
import { Authenticate } from '../sources/authenticate.ts';
import type { Sender } from '../types/source.ts';

/** The access to imports: who may send files, and who may read their progress. */
@Injectable()
export class ImportAccess {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly apiKeys: ApiKeys,
  ) {}

  /** The source that sends a file. Throws 401, and 403 for a browser key. */
  async senderOf(request: FastifyRequest): Promise<Sender> {
    const sender = await this.authenticate.senderOf(request);
    if (sender.keyKind !== 'secret')
      throw new Problem(403, 'key-not-secret', 'Imports need a secret key of the source, but this is a browser key.');
    return sender;
  }

  /** The source whose imports the caller may read; null for an administrator, who may read all. Throws 401 and 403. */
  async sourceSeenBy(request: FastifyRequest): Promise<string | null> {
    const apiKey = apiKeyOf(request);
    const role = apiKey === undefined ? undefined : (await this.apiKeys.findHolder(apiKey))?.role;
    if (role === undefined) return (await this.senderOf(request)).id;
    if (role !== 'admin')
      throw new Problem(
        403,
        'forbidden',
        `A key with the role ${role} has no access to imports. Use the role admin, or a write key.`,
      );
    return null;
  }
}
