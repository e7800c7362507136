import { Injectable } from '@nestjs/common';
import type { Channel } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import { documentOf, type Rule } from '@sestante/rules';
import { Dependencies } from '@sestante/runtime';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';
import { holdsSql } from '../audiences/condition-of.ts';
import { LiveModel, type LoadedModel } from '../live-model.ts';
import { channelBit } from '../store/score-columns.ts';
import { findScoreRows } from '../read-model/landmark.ts';
import { type ScoreExpressions, scoreExpressions } from '../read-model/score-expressions.ts';
import { countCustomers } from './count-customers.ts';
import { Counted, type Counts } from './counted.ts';

/** The counts of the customers, at an instant in milliseconds since 1970. */
export interface Summary {
  readonly at: number;
  readonly counts: Counts;
  /** How long the scan took. */
  readonly tookMs: number;
}

/** Which customers are counted: those with evidence in the channel, and for whom the rule holds. It asks for no audience: see `expandRule`. */
export interface SomeCustomers {
  readonly channel?: Channel | undefined;
  readonly rule?: Rule | undefined;
}

/** A scan that takes less is done for each request. */
const quickMs = 500;
/** The result of a longer one is kept so long. */
const keptMs = 600_000;
/** A kept result is refreshed when it is so many times as old as the scan takes: at most a tenth of the time is spent on scans. */
const timesAsOld = 10;

/** Whether a summary answers a request at an instant, and whether a newer one should be made behind it. */
export function useOf({ at, tookMs }: Pick<Summary, 'at' | 'tookMs'>, now: number): 'none' | 'kept' | 'refreshed' {
  const ageMs = now - at;
  if (tookMs <= quickMs || ageMs > keptMs) return 'none';
  return ageMs > timesAsOld * tookMs ? 'refreshed' : 'kept';
}

/**
 * Counts the customers of the read model now. Where there are so many that this takes long, a request gets a result of the last ten minutes at once, and a newer one is made behind
 * it. The first one is made at the start.
 */
@Injectable()
export class Summaries {
  private readonly kept = new LRUCache<string, Summary>({ max: 20 });
  private readonly scans = new Map<string, Promise<Summary>>();

  constructor(
    private readonly dataSource: DataSource,
    live: LiveModel,
    dependencies: Dependencies,
  ) {
    dependencies.whenReady(() => {
      void live
        .read()
        .then((loaded) => this.scan(loaded, {}))
        .catch(() => undefined);
      return Promise.resolve();
    });
  }

  /** Of all customers, or of some. */
  async read(live: LoadedModel, some: SomeCustomers = {}): Promise<Summary> {
    const kept = this.kept.get(keyOf(live, some));
    const use = kept ? useOf(kept, Date.now()) : 'none';
    if (use === 'refreshed') void this.scan(live, some).catch(() => undefined);
    return kept && use !== 'none' ? kept : this.scan(live, some);
  }

  /** Requests at the same time share a scan. */
  private async scan(live: LoadedModel, some: SomeCustomers): Promise<Summary> {
    const key = keyOf(live, some);
    const running = this.scans.get(key) ?? this.count(live, some);
    this.scans.set(key, running);
    try {
      const summary = await running;
      this.kept.set(key, summary);
      return summary;
    } finally {
      if (this.scans.get(key) === running) this.scans.delete(key);
    }
  }

  private count({ modelId, model }: LoadedModel, some: SomeCustomers): Promise<Summary> {
    return transaction(this.dataSource, async (client) => {
      await client.query('set transaction isolation level repeatable read, read only');
      const at = Date.now();
      const rows = await findScoreRows(client, { modelId, model });
      if (!rows) return { at, counts: new Counted().counts(), tookMs: 0 };
      // All rows are read, by as many processes as the server has for it. Compiling so many expressions takes longer than they save.
      await client.query('set local enable_seqscan = on; set local jit = off');
      const expressions = scoreExpressions(rows, at);
      const counts = await countCustomers(client, expressions, conditionOf(expressions, some));
      return { at, counts, tookMs: Date.now() - at };
    });
  }
}

function conditionOf(expressions: ScoreExpressions, { channel, rule }: SomeCustomers) {
  const { text, values } = rule ? holdsSql(expressions, rule, expressions.values.length + 1) : everybody;
  return { text: channel ? `(${text}) and c.channels & ${channelBit(channel)} > 0` : `(${text})`, values };
}

const everybody = { text: 'true', values: [] };

const keyOf = ({ modelId }: LoadedModel, { channel, rule }: SomeCustomers) =>
  `${modelId}/${channel ?? ''}/${rule ? JSON.stringify(documentOf(rule)) : ''}`;
