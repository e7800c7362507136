import { Controller } from '@nestjs/common';
import { type ErasureDone, type ErasureRequested, type Removed, sealErasureDone, topics } from '@sestante/contracts';
import { identifierKey } from '@sestante/identity';
import { transaction } from '@sestante/postgres';
import { DeadLetters, ErasedIdentifiers, InjectStream } from '@sestante/runtime';
import { type Batch, done, Handles, type Outcome, type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { customerKey } from '../erased/customer-key.ts';
import { lockErasures } from '../erased/lock-erasures.ts';
import { RecordIncomplete } from '../incomplete/record-incomplete.ts';
import { RejectedEvents } from '../rejected/rejected-events.ts';

/** Deletes the stored events of persons who were erased, and keeps the keyed hashes of their identifiers, so that none is stored again. */
@Controller()
export class EraseEvents {
  private readonly identifiers = new ErasedIdentifiers('ingest');

  constructor(
    private readonly dataSource: DataSource,
    private readonly rejectedEvents: RejectedEvents,
    private readonly recordIncomplete: RecordIncomplete,
    private readonly deadLetters: DeadLetters,
    @InjectStream() private readonly stream: Stream,
  ) {}

  @Handles(topics.erasures, { group: 'ingest' })
  async handle(batch: Batch<typeof topics.erasures>): Promise<readonly Outcome[]> {
    for (const { data } of batch) await this.erase(data);
    return batch.map(() => done);
  }

  /** The counts are stored in the transaction that deletes: a repeat deletes nothing more, and publishes them again. */
  private async erase(request: ErasureRequested): Promise<void> {
    const { erasureId, part, identifiers, members } = request;
    const persons = [...identifiers.map(identifierKey), ...members.map(customerKey)];
    // First, in a transaction of its own: whoever stores an event later finds them, and what was stored before is deleted below.
    await transaction(this.dataSource, async (client) => {
      await lockErasures(client, 'alone');
      await this.identifiers.add(client, persons, new Date(request.erasedAt));
    });
    await unitOfWork(this.stream, this.dataSource, async (client) => {
      const stored = await findResult(client, request);
      const removed = stored ?? (await this.deleteIn(client, request));
      const data: ErasureDone = { erasureId, service: 'ingest', part, removed, doneAt: new Date().toISOString() };
      return [{ topic: topics.erasureResults.name, messages: [sealErasureDone(data)] }];
    });
  }

  private async deleteIn(client: PoolClient, request: ErasureRequested): Promise<Removed[]> {
    const { erasureId, part, identifiers } = request;
    const letters = await this.deadLetters.erasePerson(client, request);
    const removed = [
      { what: 'rejected events', count: await this.rejectedEvents.erase(request, client) },
      { what: 'incomplete events', count: await this.recordIncomplete.erase(identifiers, client) },
      { what: 'dead letters', count: letters },
    ];
    await client.query('insert into ingest.erasure (erasure_id, part, removed) values ($1, $2, $3)', [
      erasureId,
      part,
      JSON.stringify(removed),
    ]);
    return removed;
  }
}

async function findResult(client: PoolClient, { erasureId, part }: ErasureRequested): Promise<Removed[] | undefined> {
  const { rows } = await client.query<{ removed: Removed[] }>(
    'select removed from ingest.erasure where erasure_id = $1 and part = $2',
    [erasureId, part],
  );
  return rows[0]?.removed;
}
