import { appliedOffsetTable } from '@sestante/streaming';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropScoreTables, scoreTables } from './score-tables.ts';
import { audienceTables } from './audience-tables.ts';

/**
 * Every key begins with the id that queries look up, not with the model: nearly all rows have the same model, so a plan that begins with it reads all rows.
 *
 * `activity` has what a model reads of each activity (`compact`), also of those that the live model does not read: another model may. Evidence is computed from
 * it. It has a partition for each month of reception, and is kept for some months. `vouched_by` is null for an activity of a secret key, `properties` without
 * any. It has no key: `EffectsOnce` writes it once. The base of a member is the state, under a model, of its activities that are no longer kept. `activities`
 * and `latest_at` repeat numbers of its state for those who read the table.
 *
 * `matter` has, for each model, the activities that must be found when more is told about a matter that counts once, or again (`oncePer`, `again`): those that
 * stand for it among all members of the customer, or among their own member. A row whose activity is no longer kept closes its matter.
 *
 * A member belongs to the customer that the message with the most `moves` of it names. A member that was moved has a row also without an activity, so that
 * a late activity with its former customer finds it. A customer has the id of one of its members, and that one leaves it only when all do, in a merge. So a
 * former id is the id of a member that has a row.
 *
 * A draft is edited under its `revision`; `model_revision` has the documents of its earlier ones. `shadow` says how far the history was read under a model: all customers
 * after `after_customer`, in the order of their ids, are still to be read. The rows of its members have the `revision` of the row under the live model that they
 * were computed for: a member whose two revisions differ has changed since. So only the live model's rows may be revised because of a message.
 *
 * `daily_summary` has the scores of all customers under a model as they were at the end of a day (UTC), and `movement` what has changed in the last days until `counted_at`:
 * `mover` has whose bond fell and rose most. They are computed from the activities, by one pass over all customers.
 *
 * The states of members are a cache of the fold of the kept activities over the base. Processes keep them in memory: **whoever writes a state must increase its
 * `revision`. Whoever changes which members a customer has, or writes to a customer because of a message in the partition of another one, must increase those
 * of all its members.** The id of a deleted member must not be used again.
 *
 * An erased member keeps its row without anything but its id, under all models, with more `moves` than any message: so late messages about it are recognised.
 * **Whoever adds a model must copy these rows.** `erasure` has what each erasure removed.
 *
 * `published` are the scores of the customer that were last published because of an activity of this member, and `version` is their version. The last ones of
 * a customer are those of its member with the highest version; the next version is one more. A member that joins a customer takes over the last published
 * scores and keeps the higher version; those that stay when one leaves take over both. The member with the customer's id is always one of them, with a row of
 * its own as soon as another one leaves. So a version never goes back, also not after a merge and an unmerge. No row of the customer has to guard its version:
 * - It is given by messages of one partition. The lock on the applied offset (`EffectsOnce`) lets one transaction at a time give it, and a process in whose
 *   absence another one gave it learns that from the offset's revision. A late activity is in the partition of its former customer, and gives no version:
 *   the next activity of the customer publishes its change, too.
 * - A message of another partition can only move members, or add a late activity. That revises all members of the customer. So does a member that joins
 *   meanwhile: one of the two transactions fails by a revision.
 */
class Scoring1763800000000 implements MigrationInterface {
  name = 'Scoring1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table scoring.model (
        model_id smallint primary key generated always as identity,
        version text not null unique,
        document json not null,
        status text not null check (status in ('draft', 'shadow', 'live', 'retired')),
        revision int not null default 1,
        changed_by json,
        changed_at timestamptz not null default now(),
        live_since timestamptz,
        created_at timestamptz not null default now()
      );
      create unique index one_live_model on scoring.model (status) where status = 'live';
      create table scoring.model_revision (
        model_id smallint not null,
        revision int not null,
        document json not null,
        primary key (model_id, revision)
      );
      create table scoring.shadow (
        model_id smallint primary key,
        state text not null check (state in ('running', 'paused', 'done', 'failed')),
        reads text not null default 'all' check (reads in ('all', 'changed')),
        after_customer uuid,
        total int not null default 0,
        members int not null default 0,
        activities bigint not null default 0,
        fault text,
        differences json,
        started_at timestamptz not null default now(),
        finished_at timestamptz
      );
      create table scoring.activity (
        received_at timestamptz not null,
        happened_at timestamptz not null,
        activity_id uuid not null,
        member_id uuid not null,
        version int,
        name text not null,
        channel text not null,
        properties json,
        vouched_by text
      ) partition by range (received_at);
      create index activity_of_member on scoring.activity (member_id, happened_at);
      create table scoring.matter (
        received_at timestamptz not null,
        happened_at timestamptz not null,
        activity_id uuid not null,
        member_id uuid not null,
        model_id smallint not null,
        key text not null,
        primary key (member_id, key, model_id, activity_id)
      );
      create table scoring.base (
        model_id smallint not null,
        member_id uuid not null,
        activities int not null,
        latest_at timestamptz not null,
        state bytea not null,
        primary key (member_id, model_id)
      );
      create table scoring.member (
        model_id smallint not null,
        member_id uuid not null,
        customer_id uuid not null,
        moves int not null default 0,
        revision int not null,
        version int not null default 0,
        state bytea not null,
        published bytea,
        primary key (member_id, model_id)
      ) with (fillfactor = 60);
      create index member_of_customer on scoring.member (customer_id, model_id);
      create table scoring.erasure (
        erasure_id uuid primary key,
        removed json not null
      );
      ${scoreTables}
      create table scoring.daily_summary (
        model_id smallint not null,
        day date not null,
        counted_at timestamptz not null default now(),
        counts json not null,
        primary key (model_id, day)
      );
      create table scoring.movement (
        model_id smallint not null,
        days smallint not null,
        element text not null,
        counted_at timestamptz not null,
        customers int not null,
        mean json,
        causes json not null,
        primary key (model_id, days, element)
      );
      create table scoring.mover (
        model_id smallint not null,
        days smallint not null,
        element text not null,
        customer_id uuid not null,
        before float8 not null,
        now float8 not null
      );
      create index mover_of_customer on scoring.mover (customer_id);
      ${appliedOffsetTable('scoring')}
      ${audienceTables}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropScoreTables);
    await runner.query('drop table scoring.audience_member, scoring.audience_revision, scoring.audience');
    await runner.query('drop table scoring.daily_summary, scoring.movement, scoring.mover');
    await runner.query(
      'drop table scoring.erasure, scoring.applied_offset, scoring.matter, scoring.member, scoring.base, scoring.activity, scoring.shadow, scoring.model_revision, scoring.model',
    );
  }
}

export const migrations = [Scoring1763800000000];
