import { EntitySchema } from 'typeorm';
import type { Source } from '../judge/judge.ts';

export interface SourceRow extends Source {
  id: string;
  name: string;
  channel: Source['channel'];
  /** SHA-256 of the write key; the key itself is not kept. */
  keyHash: Buffer;
}

export const sourceTable = new EntitySchema<SourceRow>({
  name: 'source',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    name: { type: 'text', unique: true },
    channel: { type: 'text' },
    keyHash: { type: 'bytea', name: 'key_hash', unique: true },
  },
});
