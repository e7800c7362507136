import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EntitySchema } from 'typeorm';
import type { Role } from './access.ts';

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  /** SHA-256 of the key; the key itself is not kept. */
  hash: Buffer;
}

export const apiKeyTable = new EntitySchema<ApiKey>({
  name: 'api_key',
  schema: 'access',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    name: { type: 'text' },
    role: { type: 'text' },
    hash: { type: 'bytea', unique: true },
  },
});

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
        id uuid primary key default gen_random_uuid(),
        name text not null,
        role text not null check (role in ('admin', 'marketing', 'clerk', 'app')),
        hash bytea not null unique
      );
      create table access.signing_secret (id int primary key check (id = 1), secret bytea not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table access.api_key, access.signing_secret');
  }
}

export const accessMigrations = [Access1763800000000];
