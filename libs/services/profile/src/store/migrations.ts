import type { MigrationInterface, QueryRunner } from 'typeorm';
import { pagesPerRange } from './forget-seen.ts';

/**
 * Identifiers, traits and standing values belong to one member permanently. A customer is a set of members. The customer of a member is repeated in its
 * identifiers and facts, where every batch looks it up: **whoever moves a member to another customer must change it in all three tables**. The timeline has no unique key: the ids of
 * activities are in `seen`, which alone has an index in random order. `forgotten` counts the ids that were removed from it. The key of an identifier
 * begins with its value, because few identifiers share a value and many share a kind: a look-up compares one column, seldom two.
 */
class Profile1763800000000 implements MigrationInterface {
  name = 'Profile1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table profile.customer (
        customer_id uuid primary key,
        created_at timestamptz not null default now()
      );
      create table profile.member (
        member_id uuid primary key,
        customer_id uuid not null references profile.customer,
        created_at timestamptz not null default now()
      );
      create index member_of_customer on profile.member (customer_id);
      create table profile.identifier (
        kind text not null,
        value text not null,
        member_id uuid not null references profile.member,
        customer_id uuid not null,
        first_seen_at timestamptz not null default now(),
        primary key (value, kind) include (member_id, customer_id)
      );
      create index identifier_of_member on profile.identifier (member_id, kind);
      create table profile.trait (
        member_id uuid not null references profile.member,
        name text not null,
        value json not null,
        set_at timestamptz not null,
        received_at timestamptz not null,
        sequence int not null,
        primary key (member_id, name)
      );
      create table profile.fact (
        member_id uuid not null references profile.member,
        customer_id uuid not null,
        fact text not null,
        value text not null,
        set_at timestamptz not null,
        primary key (member_id, fact)
      );
      create index fact_of_customer on profile.fact (customer_id);
      create table profile.seen (
        activity_id uuid primary key,
        member_id uuid not null,
        occurred_at timestamptz not null,
        received_at timestamptz not null,
        content_hash bigint not null
      ) with (autovacuum_vacuum_scale_factor = 0.02);
      create index seen_by_reception on profile.seen using brin (received_at)
        with (pages_per_range = ${pagesPerRange}, autosummarize = on);
      create table profile.forgotten (count bigint not null);
      insert into profile.forgotten values (0);
      create table profile.activity (
        activity_id uuid not null,
        member_id uuid not null,
        source text not null,
        message_id text not null,
        name text not null,
        channel text not null,
        occurred_at timestamptz not null,
        received_at timestamptz not null,
        properties json not null,
        violations json
      ) partition by range (received_at);
      create index activity_of_member on profile.activity (member_id, occurred_at desc, activity_id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table profile.activity, profile.forgotten, profile.seen, profile.fact, profile.trait, profile.identifier, profile.member, profile.customer',
    );
  }
}

export const migrations = [Profile1763800000000];
