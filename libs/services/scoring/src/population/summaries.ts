import { Injectable } from '@nestjs/common';
import type { Channel } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import { DataSource } from 'typeorm';
import type { LoadedModel } from '../live-model.ts';
import { channelBit } from '../store/score-columns.ts';
import { findScoreRows } from '../read-model/landmark.ts';
import { scoreExpressions } from '../read-model/score-expressions.ts';
import { countCustomers } from './count-customers.ts';
import { Counted, type Counts } from './counted.ts';

/** The counts of the customers, at an instant in milliseconds since 1970. */
interface Summary {
  readonly at: number;
  readonly counts: Counts;
}

/** Counts the customers of the read model now. */
@Injectable()
export class Summaries {
  constructor(private readonly dataSource: DataSource) {}

  /** Of all customers, or of those with evidence in a channel. */
  read({ modelId, model }: LoadedModel, channel?: Channel): Promise<Summary> {
    return transaction(this.dataSource, async (client) => {
      await client.query('set transaction isolation level repeatable read, read only');
      const at = Date.now();
      const rows = await findScoreRows(client, { modelId, model });
      if (!rows) return { at, counts: new Counted().counts() };
      const condition = channel && { text: `c.channels & ${channelBit(channel)} > 0`, values: [] };
      // One long scan: its plan and its functions are not worth compiling.
      await client.query('set local jit = off');
      return { at, counts: await countCustomers(client, scoreExpressions(rows, at), condition) };
    });
  }
}
