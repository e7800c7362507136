import type { MigrationInterface, QueryRunner } from 'typeorm';

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

export const migrations = [Ingest1763800000000];
