import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EntitySchema } from 'typeorm';

export interface SigningSecret {
  id: number;
  secret: Buffer;
}

export const signingSecretTable = new EntitySchema<SigningSecret>({
  name: 'signing_secret',
  schema: 'access',
  columns: { id: { type: 'int', primary: true }, secret: { type: 'bytea' } },
});

class Access1763800000000 implements MigrationInterface {
  name = 'Access1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table access.api_key (
        key_id uuid primary key default gen_random_uuid(),
        name text not null,
        role text not null check (role in ('admin', 'marketing', 'clerk', 'app')),
        hash bytea not null unique,
        hint text not null,
        is_configured boolean not null default false,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        ends_at timestamptz
      );
      create table access.session (
        hash bytea primary key,
        key_id uuid not null references access.api_key on delete cascade,
        created_at timestamptz not null default now(),
        last_used_at timestamptz not null default now(),
        ends_at timestamptz not null
      );
      create index session_of_key on access.session (key_id, last_used_at desc);
      create table access.signing_secret (id int primary key check (id = 1), secret bytea not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table access.session, access.api_key, access.signing_secret');
  }
}

export const accessMigrations = [Access1763800000000];
