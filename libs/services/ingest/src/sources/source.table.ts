import { EntitySchema } from 'typeorm';
import type { Channel, ClaimableKind, ConsentCategories, KeyKind } from '../types/source.ts';

export interface SourceRow {
  id: string;
  name: string;
  channel: Channel;
  claims: ClaimableKind[];
  origins: string[];
  eventsPerSecond: number | null;
  isPaused: boolean;
  isStrict: boolean;
  pagesMayLink: boolean;
  timeZone: string | null;
  country: string | null;
  consentCategories: ConsentCategories;
  createdAt: Date;
}

export const sourceTable = new EntitySchema<SourceRow>({
  name: 'source',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    name: { type: 'text', unique: true },
    channel: { type: 'text' },
    claims: { type: 'text', array: true },
    origins: { type: 'text', array: true },
    eventsPerSecond: { type: 'int', name: 'events_per_second', nullable: true },
    isPaused: { type: 'boolean', name: 'is_paused' },
    isStrict: { type: 'boolean', name: 'is_strict' },
    pagesMayLink: { type: 'boolean', name: 'pages_may_link' },
    timeZone: { type: 'text', name: 'time_zone', nullable: true },
    country: { type: 'text', nullable: true },
    consentCategories: { type: 'json', name: 'consent_categories' },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
  },
});

export interface SourceKeyRow {
  id: string;
  sourceId: string;
  kind: KeyKind;
  /** SHA-256 of the write key; the key itself is not stored. */
  hash: Buffer;
  /** Its last characters, to distinguish keys. */
  hint: string;
  /** Whether it is from the configuration, and can only be changed there. */
  isConfigured: boolean;
  createdAt: Date;
  /** When it expires; null for never. */
  endsAt: Date | null;
}

export const sourceKeyTable = new EntitySchema<SourceKeyRow>({
  name: 'source_key',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    sourceId: { type: 'uuid', name: 'source_id' },
    kind: { type: 'text' },
    hash: { type: 'bytea', unique: true },
    hint: { type: 'text' },
    isConfigured: { type: 'boolean', name: 'is_configured' },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
    endsAt: { type: 'timestamptz', name: 'ends_at', nullable: true },
  },
});
