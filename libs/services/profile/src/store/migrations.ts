import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropErasureTables, erasureTables } from './erasure-tables.ts';
import { pagesPerRange } from './forget-seen.ts';

/**
 * A member is one identifier with its own traits, standing values and activities, permanently. A customer is a set of members; its id is the id of one of
 * them, and customers have no row of their own. **Whoever moves a member to another customer must change `customer_id` in `member` and `fact`, count it in
 * `moves`, and tell it in `moved`** (`save-regrouping.ts`).
 *
 * `link` has what says that two members are one person, with the reason if that is refused. `revision` increases with every link and decision about the
 * member: who regroups compares it. `first_partner` repeats the first stored link of the member, so that most activities need not look up links; one by a page
 * alone (`first_by_page`) gives way to another. A link that is `is_beyond` would connect too many members: it is kept to be shown, and read by nothing else.
 * `erased_at` is set if a person with this identifier was erased before: what happened until then does not come back.
 *
 * `vouched_by` is null for an activity of a secret key, as most are. The timeline has no unique key: the ids of activities are in `seen`, which alone has an index in random order. `forgotten` counts the ids that were removed
 * from it. The key of a member begins with its value, because few identifiers share a value and many share a kind: a look-up compares one column, seldom two,
 * and reads nothing but this index.
 *
 * `fact` has the latest value of each field of the standing, `consent` every consent that was ever given or withdrawn, with its proof.
 *
 * `name` repeats the traits that are names as `searchableName` writes them. It is a table, because an index on the value of a trait would make every change of
 * any trait slower. A note belongs to the member that gave the customer its id when it was written, and stays with it.
 *
 * An export has the parts that the services have sent. An answer says that a service has sent all parts of one attempt.
 */
class Profile1763800000000 implements MigrationInterface {
  name = 'Profile1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table profile.member (
        member_id uuid not null unique,
        kind text not null,
        value text not null,
        customer_id uuid not null,
        moves int not null default 0,
        first_partner uuid,
        first_linked_at timestamptz,
        first_by_page boolean not null default false,
        revision int not null default 0,
        is_verified boolean not null default false,
        is_blocked boolean not null default false,
        is_shared boolean not null default false,
        is_confirmed boolean not null default false,
        is_unlimited boolean not null default false,
        first_seen_at timestamptz not null default now(),
        erased_at timestamptz,
        primary key (value, kind) include (member_id, customer_id, moves, first_partner, first_linked_at, first_by_page, is_confirmed, erased_at)
      );
      create index member_of_customer on profile.member (customer_id);
      create index customer on profile.member (member_id) where member_id = customer_id;
      create table profile.link (
        link_id uuid primary key,
        member_a uuid not null,
        member_b uuid not null,
        rule text not null,
        at timestamptz not null,
        activity_id uuid,
        refusal text,
        is_beyond boolean not null default false,
        note json,
        undone json
      );
      create index link_of_first on profile.link (member_a, rule);
      create index link_of_second on profile.link (member_b, rule);
      create table profile.separation (
        member_a uuid not null,
        member_b uuid not null,
        primary key (member_a, member_b)
      );
      create table profile.moved (
        move_id bigint primary key generated always as identity,
        transaction xid8 not null default pg_current_xact_id(),
        member_id uuid not null,
        customer_id uuid not null,
        former_id uuid not null,
        moves int not null,
        is_merge boolean not null,
        is_told boolean not null default false,
        moved_at timestamptz not null default now()
      );
      create index moved_by_transaction on profile.moved (transaction);
      create index untold on profile.moved (move_id) where not is_told;
      create table profile.trait (
        member_id uuid not null,
        name text not null,
        value json not null,
        set_at timestamptz not null,
        received_at timestamptz not null,
        sequence int not null,
        source text not null,
        primary key (member_id, name)
      );
      create table profile.name (
        member_id uuid not null,
        trait text not null,
        search text collate "C" not null,
        primary key (member_id, trait)
      );
      create index name_by_search on profile.name (search, member_id desc);
      create table profile.note (
        note_id uuid primary key,
        member_id uuid not null,
        kind text not null,
        text text not null,
        audience text not null,
        author json not null,
        created_at timestamptz not null,
        expires_at timestamptz
      );
      create index note_of_member on profile.note (member_id, created_at desc, note_id desc);
      create index note_by_expiry on profile.note (expires_at) where expires_at is not null;
      create table profile.export (
        export_id uuid primary key,
        customer_id uuid not null,
        members uuid[] not null,
        requester text not null,
        requested_at timestamptz not null default now(),
        expires_at timestamptz not null,
        cancelled_at timestamptz,
        is_told boolean not null default false
      );
      create index export_of_customer on profile.export (customer_id);
      create table profile.export_answer (
        export_id uuid not null,
        service text not null,
        attempt_id uuid not null,
        as_of timestamptz not null,
        primary key (export_id, service)
      );
      create table profile.export_part (
        export_id uuid not null,
        service text not null,
        attempt_id uuid not null,
        part int not null,
        is_last boolean not null,
        file text not null,
        items json not null,
        bytes int not null,
        primary key (export_id, service, attempt_id, part)
      );
      create table profile.fact (
        member_id uuid not null,
        customer_id uuid not null,
        fact text not null,
        value text not null,
        set_at timestamptz not null,
        primary key (member_id, fact)
      );
      create index fact_of_customer on profile.fact (customer_id);
      create table profile.consent (
        member_id uuid not null,
        subject text not null,
        said_at timestamptz not null,
        activity_id uuid not null,
        value text not null,
        received_at timestamptz not null,
        activity text not null,
        channel text not null,
        source text not null,
        vouched_by text not null,
        acted_by json,
        wording text,
        policy_version text,
        primary key (member_id, subject, said_at, activity_id)
      );
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
        violations json,
        vouched_by text
      ) partition by range (received_at);
      create index activity_of_member on profile.activity (member_id, occurred_at desc, activity_id desc);
      ${erasureTables}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropErasureTables);
    await runner.query(
      'drop table profile.activity, profile.forgotten, profile.seen, profile.consent, profile.export_part, profile.export_answer, profile.export, profile.fact, profile.note, profile.name, profile.trait, profile.moved, profile.separation, profile.link, profile.member',
    );
  }
}

export const migrations = [Profile1763800000000];
