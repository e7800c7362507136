import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inboundSourceId } from './sources/source.ts';

class Ingest1763800000000 implements MigrationInterface {
  name = 'Ingest1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.source (
        id uuid primary key default gen_random_uuid(),
        name text not null unique,
        channel text not null check (channel in ('web', 'mobile', 'store', 'service', 'other')),
        key_hash bytea not null unique
      );
      create table ingest.rejected (
        id bigint generated always as identity primary key,
        source_id uuid not null references ingest.source,
        message_id text,
        code text not null,
        reason text not null,
        body text not null,
        received_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ingest.rejected, ingest.source');
  }
}

/** Sources get settings, and several keys of two kinds. */
class SourceKeys1763900000000 implements MigrationInterface {
  name = 'SourceKeys1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.source
        add claims text[] not null default '{user_id,loyalty_card,email,phone}',
        add origins text[] not null default '{}',
        add events_per_second int check (events_per_second > 0),
        add is_paused boolean not null default false,
        add created_at timestamptz not null default now();
      create table ingest.source_key (
        id uuid primary key default gen_random_uuid(),
        source_id uuid not null references ingest.source,
        kind text not null check (kind in ('secret', 'browser')),
        hash bytea not null unique,
        hint text not null,
        is_configured boolean not null default false,
        created_at timestamptz not null default now(),
        ends_at timestamptz
      );
      create index on ingest.source_key (source_id);
      insert into ingest.source_key (source_id, kind, hash, hint, is_configured)
        select id, 'secret', key_hash, '', true from ingest.source;
      alter table ingest.source drop key_hash;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.source add key_hash bytea unique;
      update ingest.source s set key_hash = k.hash from ingest.source_key k where k.source_id = s.id;
      alter table ingest.source drop claims, drop origins, drop events_per_second, drop is_paused, drop created_at;
      drop table ingest.source_key;
    `);
  }
}

/** Rejected events keep what is needed to judge them again. */
class Redrive1764000000000 implements MigrationInterface {
  name = 'Redrive1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.rejected
        add key_kind text not null default 'secret',
        add format text not null default 'tracking',
        add sent_at text,
        add place text unique;
      create index on ingest.rejected (source_id, code, id);
      create index on ingest.rejected (received_at);
      insert into ingest.source (id, name, channel) values ('${inboundSourceId}', 'inbound', 'service');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table ingest.rejected drop key_kind, drop format, drop sent_at, drop place');
    await runner.query('drop index ingest.rejected_source_id_code_id_idx, ingest.rejected_received_at_idx');
  }
}

/** Files of events, and how far they are. */
class Imports1764100000000 implements MigrationInterface {
  name = 'Imports1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.import (
        id uuid primary key,
        source_id uuid not null references ingest.source,
        format text not null check (format in ('ndjson', 'csv')),
        state text not null default 'running' check (state in ('running', 'done', 'broken', 'failed')),
        reason text,
        upload_id uuid not null,
        size bigint,
        bytes bigint not null default 0,
        lines int not null default 0,
        crc bigint not null default 0,
        accepted int not null default 0,
        repeated int not null default 0,
        rejected int not null default 0,
        started_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create index on ingest.import (started_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ingest.import');
  }
}

/** A rejected event that comes again is kept once, also without a place of its own. */
class KnownRejected1764200000000 implements MigrationInterface {
  name = 'KnownRejected1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingest.rejected add known_by text unique;
      update ingest.rejected set known_by = place;
      create index on ingest.rejected (place text_pattern_ops) where place is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index ingest.rejected_place_idx;
      alter table ingest.rejected drop known_by;
    `);
  }
}

export const migrations = [
  Ingest1763800000000,
  SourceKeys1763900000000,
  Redrive1764000000000,
  Imports1764100000000,
  KnownRejected1764200000000,
];
