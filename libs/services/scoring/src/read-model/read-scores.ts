import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { LiveModel, LoadedModel } from '../live-model.ts';
import { findScoreRows } from './landmark.ts';
import type { ScoreRows } from './score-expressions.ts';

/** The rows of the live model, in one snapshot. */
export interface ScoreSnapshot {
  readonly client: PoolClient;
  readonly live: LoadedModel;
  /** Undefined if nothing was written yet. */
  readonly rows: ScoreRows | undefined;
}

/** Reads the rows of all customers under the model that is live. Everything that `read` does sees one state of the database. */
export function readScores<T>(
  dataSource: DataSource,
  liveModel: LiveModel,
  read: (snapshot: ScoreSnapshot) => Promise<T>,
): Promise<T> {
  return transaction(dataSource, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    // One scan of the whole table. To compile its long expressions takes longer than to compute them.
    await client.query('set local enable_seqscan = on; set local jit = off');
    const live = await liveModel.readBy(client);
    return read({ client, live, rows: await findScoreRows(client, live) });
  });
}
