import { Injectable } from '@nestjs/common';
import { hashOf } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import type { Source } from '../judge/judge.ts';
import { sourceTable } from './source.table.ts';

const rememberMs = 10_000;
const longestRemembered = 256;

/** Sources by their write keys. Answers are remembered for 10 s, and for longer while the database is away: sources go on sending. */
@Injectable()
export class Sources {
  private readonly remembered = new Map<string, { source: Source | undefined; until: number }>();

  constructor(private readonly dataSource: DataSource) {}

  async byKey(writeKey: string): Promise<Source | undefined> {
    const known = this.remembered.get(writeKey);
    if (known && known.until > Date.now()) return known.source;
    try {
      const keyHash = hashOf(writeKey);
      const source = (await this.dataSource.getRepository(sourceTable).findOne({ where: { keyHash } })) ?? undefined;
      if (this.remembered.size >= 1_000) this.remembered.clear();
      // Strangers may send keys of any length.
      if (writeKey.length <= longestRemembered)
        this.remembered.set(writeKey, { source, until: Date.now() + rememberMs });
      return source;
    } catch (error) {
      if (known?.source) return known.source;
      throw error;
    }
  }

  /** Makes sure that the source exists with this key. */
  async keep(name: string, channel: Source['channel'], writeKey: string): Promise<void> {
    await this.dataSource.getRepository(sourceTable).upsert({ name, channel, keyHash: hashOf(writeKey) }, ['name']);
    this.remembered.clear();
  }
}
