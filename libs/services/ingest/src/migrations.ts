import { ownSourceId } from '@sestante/contracts';
import { dropErasedIdentifierTables, erasedIdentifierTables } from '@sestante/runtime';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inboundSourceId } from './types/source.ts';

class Ingest1764300000000 implements MigrationInterface {
  name = 'Ingest1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.source (
        id uuid primary key default gen_random_uuid(),
        name text not null unique,
        channel text not null check (channel in ('web', 'mobile', 'store', 'service', 'other')),
        claims text[] not null default '{user_id,loyalty_card,email,phone}',
        origins text[] not null default '{}',
        events_per_second int check (events_per_second > 0),
        is_paused boolean not null default false,
        is_strict boolean not null default false,
        pages_may_link boolean not null default false,
        time_zone text,
        country text check (country ~ '^[A-Z]{2}$'),
        consent_categories json not null default '{}',
        created_at timestamptz not null default now()
      );
      insert into ingest.source (id, name, channel) values
        ('${inboundSourceId}', 'inbound', 'service'), ('${ownSourceId}', 'sestante', 'service');
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
      create table ingest.rejected (
        id bigint generated always as identity primary key,
        source_id uuid not null references ingest.source,
        received_at timestamptz not null,
        key_kind text not null,
        format text not null,
        sent_at text,
        message_id text,
        code text not null,
        reason text not null,
        body bytea not null,
        place text unique,
        known_by text unique,
        persons text[] not null,
        token_of uuid,
        is_token_weak boolean not null default false
      );
      create index on ingest.rejected (source_id, code, id);
      create index on ingest.rejected (received_at);
      create index on ingest.rejected (place text_pattern_ops) where place is not null;
      create table ingest.violation_count (
        source_id uuid not null references ingest.source,
        day date not null,
        name text not null,
        code text not null,
        field text not null,
        count int not null,
        last_at timestamptz not null,
        primary key (source_id, name, code, field, day)
      );
      create table ingest.incomplete (
        id bigint generated always as identity unique,
        source_id uuid not null references ingest.source,
        name text not null,
        code text not null,
        field text not null,
        slot smallint not null,
        received_at timestamptz not null,
        message_id text not null,
        reason text not null,
        body bytea not null,
        persons text[] not null,
        primary key (source_id, name, code, field, slot)
      );
      create table ingest.import (
        id uuid primary key,
        source_id uuid not null references ingest.source,
        format text not null check (format in ('ndjson', 'csv')),
        state text not null default 'running' check (state in ('running', 'done', 'broken', 'failed')),
        reason text,
        upload_id uuid not null,
        revision smallint not null default 1,
        are_lines_known boolean not null default true,
        size bigint,
        bytes bigint not null default 0,
        lines int not null default 0,
        crc bigint not null default 0,
        accepted int not null default 0,
        incomplete int not null default 0,
        repeated int not null default 0,
        rejected int not null default 0,
        started_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create index on ingest.import (started_at, id);
      create table ingest.import_line (
        import_id uuid not null references ingest.import,
        revision smallint not null,
        line int not null,
        taken bytea not null,
        primary key (import_id, revision, line)
      );
      create table ingest.mapping (
        source_id uuid not null references ingest.source,
        name text not null,
        mapping json not null,
        changed_at timestamptz not null default now(),
        primary key (source_id, name)
      );
      create table ingest.erasure (
        erasure_id uuid not null,
        part int not null,
        removed json not null,
        primary key (erasure_id, part)
      );
      ${erasedIdentifierTables('ingest')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${dropErasedIdentifierTables('ingest')}; drop table ingest.erasure`);
    await runner.query(
      'drop table ingest.mapping, ingest.import_line, ingest.import, ingest.incomplete, ingest.violation_count, ingest.rejected, ingest.source_key, ingest.source',
    );
  }
}

export const migrations = [Ingest1764300000000];
