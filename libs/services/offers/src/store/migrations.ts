import { appliedOffsetTable } from '@sestante/streaming';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The catalogue, all versions of the contact policy, the decisions with their reasons, the offers, and how many there are of both. Decisions have no
 * unique index: the applied offsets tell which are new. Offers outlive their decisions, because they are promises.
 *
 * Decisions and offers belong to the member of their cause, for ever. Those of a customer are those of its members, so a merge or an unmerge moves nothing but
 * the members. A member belongs to the customer that the message with the most `moves` of it names. It has a row if it has a decision or was moved. A customer
 * has the id of one of its members, and that one leaves it only when all do, in a merge. So a former id is the id of a member that was moved.
 * An erased member keeps its row, with more `moves` than any message: so late messages about it are recognised. `erasure` has what each erasure removed.
 */
class Offers1763800000000 implements MigrationInterface {
  name = 'Offers1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table offers.template (
        template text not null,
        version int not null,
        document jsonb not null,
        status text not null check (status in ('live', 'retired')),
        primary key (template, version)
      );
      create table offers.contact_policy (
        version int primary key,
        policy json not null,
        changed_at timestamptz not null default now(),
        changed_by json
      );
      create table offers.decision (
        decision_id uuid not null,
        member_id uuid not null,
        result text not null,
        cause json not null,
        candidates json not null,
        reasons json not null,
        policy_version int not null,
        decided_at timestamptz not null,
        nth int not null
      ) partition by range (decided_at);
      create index decision_of_member on offers.decision (member_id, decided_at desc, nth desc, decision_id desc);
      create table offers.offer (
        offer_id uuid primary key,
        position bigint generated always as identity,
        decision_id uuid not null,
        member_id uuid not null,
        code text not null unique,
        template text not null,
        version int not null,
        kind text not null,
        element text not null,
        title text not null,
        reason text not null,
        terms text not null,
        made_at timestamptz not null,
        ends_at timestamptz not null,
        status text not null default 'made'
      );
      create index offer_of_member on offers.offer (member_id, position);
      create table offers.member (
        member_id uuid primary key,
        customer_id uuid not null,
        moves int not null default 0
      );
      create index member_of_customer on offers.member (customer_id);
      create table offers.total (
        partition int primary key,
        decisions bigint not null,
        offers bigint not null
      ) with (fillfactor = 50);
      create table offers.erasure (
        erasure_id uuid primary key,
        removed json not null
      );
      ${appliedOffsetTable('offers')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table offers.erasure, offers.applied_offset, offers.total, offers.member, offers.offer, offers.decision, offers.contact_policy, offers.template',
    );
  }
}

export const migrations = [Offers1763800000000];
