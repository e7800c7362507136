import { Injectable } from '@nestjs/common';
import { type CustomersMerged, type Envelope, seal, topics } from '@sestante/contracts';
import { reasonOf } from '@sestante/postgres';
import { HourlyJobs, InjectLogger, InjectStream, type Logger } from '@sestante/runtime';
import { type Publication, type Stream, unitOfWork } from '@sestante/streaming';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { findUntold, markTold, removeOldMoves, type StoredMove, takeUntold } from './store/moves.ts';

/** The messages of a transaction. */
export interface Told {
  /** Has members that were moved. */
  readonly hasMoved: boolean;
  /** What is published to the topic of customers after the moves. */
  readonly acted?: readonly Envelope[];
  readonly others?: readonly Publication[];
}

/**
 * Runs `work` in one transaction, and publishes its messages after those that say who was moved. A stream that publishes after the commit may lose them, and a
 * merge by hand is not delivered again. So moves are marked when they are published, and until then, every later transaction publishes them again.
 */
export async function tellingMoves(
  stream: Stream,
  dataSource: DataSource,
  work: (client: PoolClient) => Promise<Told>,
): Promise<void> {
  let untold: readonly StoredMove[] = [];
  await unitOfWork(stream, dataSource, async (client) => {
    const { hasMoved, acted = [], others = [] } = await work(client);
    if (!stream.atomic) untold = await findUntold(client);
    const told = stream.atomic && hasMoved ? await takeUntold(client) : untold;
    return [{ topic: topics.customers.name, messages: [...toMessages(told), ...acted] }, ...others];
  });
  await markTold(dataSource, untold);
}

/** At the start and every hour: publishes moves that were never published because a process crashed, and removes old ones. */
@Injectable()
export class TellMoves {
  constructor(
    hourly: HourlyJobs,
    dataSource: DataSource,
    @InjectStream() stream: Stream,
    @InjectLogger() logger: Logger,
  ) {
    hourly.add('postgres/profile', async () => {
      try {
        if (!stream.atomic) await tellingMoves(stream, dataSource, () => Promise.resolve({ hasMoved: false }));
        await removeOldMoves(dataSource);
      } catch (error) {
        logger.warn(`moves of members are not published or removed, the next hour tries again: ${reasonOf(error)}`);
      }
    });
  }
}

/** Says who belongs to another customer, once for each transaction and pair of customers: for both of them, so that readers of either partition learn it. */
function toMessages(moves: readonly StoredMove[]): Envelope[] {
  const together = new Map<string, { readonly isMerge: boolean; readonly data: CustomersMerged }>();
  for (const { transaction, customerId, formerId, memberId, moves: count, isMerge, movedAt } of moves) {
    const key = `${transaction} ${formerId} ${customerId}`;
    const one = together.get(key) ?? {
      isMerge,
      data: { customerId, formerId, members: [], movedAt: movedAt.toISOString() },
    };
    together.set(key, one);
    one.data.members.push({ memberId, moves: count });
  }
  return [...together.values()].flatMap(({ isMerge, data }) => {
    const event = isMerge ? 'CustomersMerged' : 'CustomersSplit';
    const [first] = data.members;
    // The same if it is published again.
    const id = `${first!.memberId}:${first!.moves}`;
    return [data.formerId, data.customerId].map((key) => seal(topics.customers, { event, id, key, data }));
  });
}
