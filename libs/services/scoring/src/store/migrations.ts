import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every key begins with the id that queries look up, not with the model: all rows have the same model, so a plan that begins with it reads all rows.
 * Evidence is permanent. The states of members are a cache of the fold over it. The row of a customer holds the last published scores.
 */
class Scoring1763800000000 implements MigrationInterface {
  name = 'Scoring1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table scoring.model (
        model_id smallint primary key generated always as identity,
        version text not null unique,
        document jsonb not null,
        status text not null check (status in ('live', 'retired')),
        created_at timestamptz not null default now()
      );
      create unique index one_live_model on scoring.model (status) where status = 'live';
      create table scoring.evidence (
        model_id smallint not null,
        activity_id uuid not null,
        member_id uuid not null,
        name text not null,
        channel text not null,
        happened_at timestamptz not null,
        signals json not null,
        version int,
        primary key (activity_id, model_id)
      );
      create index evidence_of_member on scoring.evidence (member_id, model_id, happened_at);
      create table scoring.member (
        model_id smallint not null,
        member_id uuid not null,
        customer_id uuid not null,
        state bytea not null,
        primary key (member_id, model_id)
      ) with (fillfactor = 70);
      create index member_of_customer on scoring.member (customer_id, model_id);
      create table scoring.customer (
        model_id smallint not null,
        customer_id uuid not null,
        version int not null,
        published bytea not null,
        primary key (customer_id, model_id)
      ) with (fillfactor = 60);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table scoring.customer, scoring.member, scoring.evidence, scoring.model');
  }
}

export const migrations = [Scoring1763800000000];
