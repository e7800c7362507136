import { setTimeout as sleep } from 'node:timers/promises';
import { transaction } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import type { ModelOfRows } from './landmark.ts';
import { refreshScoreRows } from './refresh-score-rows.ts';
import { nextSlice } from './stale-customers.ts';

const customersPerSlice = 500;
/** After a slice, others have the thread and the database for this share of the time that the slice took. */
const rest = 0.2;

/**
 * Writes the rows of all customers under a model that are not of the present states of their members, slice by slice. Resolves to their number. A repeat goes on where
 * it is needed.
 */
export async function fillScoreRows(dataSource: DataSource, of: ModelOfRows, signal: AbortSignal): Promise<number> {
  let [written, after]: [number, string | undefined] = [0, undefined];
  do {
    signal.throwIfAborted();
    const start = performance.now();
    const slice = await transaction(dataSource, async (client) => {
      await client.query('set local synchronous_commit = off');
      const found = await nextSlice(client, of.modelId, { after, most: customersPerSlice });
      await refreshScoreRows(client, of, { acted: new Map(), regrouped: found.stale });
      return found;
    });
    written += slice.stale.length;
    after = slice.last;
    await sleep(Math.ceil((performance.now() - start) * rest), undefined, { signal });
  } while (after !== undefined);
  return written;
}
