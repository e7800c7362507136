import { Injectable } from '@nestjs/common';
import { type Envelope, seal, topics } from '@sestante/contracts';
import { type Identifier, identifierKey, identifierKinds } from '@sestante/identity';
import { withClient } from '@sestante/postgres';
import { type Config, InjectConfig, InjectStream } from '@sestante/runtime';
import { type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Exports } from './exports.ts';
import { openExport, type OpenedExport, type Requester } from './open-export.ts';

/** In bytes. A request must fit into a message. */
const maxPersonsBytes = 500_000;
/** Of very many members, the first. Each has 39 bytes. */
const maxMembers = 10_000;

/** Asks all services for what they store about a customer. */
@Injectable()
export class RequestExports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly exports: Exports,
    @InjectStream() private readonly stream: Stream,
    @InjectConfig() private readonly config: Config,
  ) {}

  /** Opens an export of a customer. Resolves to its id, or to that of the one that is running. Throws Problem 410 if the customer was erased. */
  async request(customerId: string, requester: Requester): Promise<string> {
    const { stream, config } = this;
    let exportId = '';
    let isTold = false;
    await unitOfWork(stream, this.dataSource, async (client) => {
      const opened = await openExport(client, { customerId, requester, days: config.SESTANTE_EXPORT_DAYS });
      ({ exportId, isTold } = opened);
      if (isTold) return [{ topic: topics.exports.name, messages: [] }];
      if (stream.atomic) await this.exports.markTold(client, exportId);
      return [{ topic: topics.exports.name, messages: [toMessage(opened, await personsOf(client, opened))] }];
    });
    if (!isTold && !stream.atomic) await this.exports.markTold(this.dataSource, exportId);
    return exportId;
  }

  /** Asks for exports for which nobody was asked, because a process crashed. */
  async repeatUntold(): Promise<void> {
    for (const untold of await this.exports.findUntold()) {
      const persons = await withClient(this.dataSource, (client) => personsOf(client, untold));
      await this.stream.publish(topics.exports.name, [toMessage(untold, persons)]);
      await this.exports.markTold(this.dataSource, untold.exportId);
    }
  }
}

/** The keys of the identifiers of an export's members, strongest first; of very many, the first. */
async function personsOf(client: PoolClient, { members }: OpenedExport): Promise<string[]> {
  const { rows } = await client.query<Pick<Identifier, 'kind' | 'value'>>(
    `select kind, value from profile.member where member_id = any($1::uuid[]) order by array_position($2::text[], kind), first_seen_at`,
    [members, [...identifierKinds]],
  );
  let bytes = 0;
  return rows.map(identifierKey).filter((key) => (bytes += Buffer.byteLength(key) + 3) <= maxPersonsBytes);
}

function toMessage({ exportId, customerId, requestedAt, ...opened }: OpenedExport, persons: string[]): Envelope {
  const members = opened.members.slice(0, maxMembers);
  const data = { exportId, customerId, members, persons, requestedAt: requestedAt.toISOString() };
  return seal(topics.exports, { event: 'ExportRequested', id: exportId, key: customerId, data });
}
