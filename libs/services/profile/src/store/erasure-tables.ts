import { dropErasedIdentifierTables, erasedIdentifierTables } from '@sestante/runtime';

/**
 * SQL for the migration: what is kept of erased customers, which points to nobody.
 *
 * `erasure` has a row for each, with the number of its messages to ingest; `untold` has what is not published yet, on a stream that publishes after the
 * commit. `erasure_result` has what each service removed. The ids of erased members are kept, so that their routes say what happened. Of the identifiers,
 * only keyed hashes are kept: what happened before the instant brings nobody back. `dropped` counts the activities that came too late.
 */
export const erasureTables = `
  ${erasedIdentifierTables('profile')}
  create table profile.erasure (
    erasure_id uuid primary key,
    erased_at timestamptz not null,
    parts int not null,
    untold json
  );
  create index untold_erasure on profile.erasure (erasure_id) where untold is not null;
  create table profile.erasure_result (
    erasure_id uuid not null,
    service text not null,
    part int not null,
    removed json not null,
    done_at timestamptz not null,
    primary key (erasure_id, service, part)
  );
  create table profile.erased_member (
    member_id uuid primary key,
    erasure_id uuid not null
  );
  create index erased_member_of_erasure on profile.erased_member (erasure_id);
  create table profile.dropped (count bigint not null);
  insert into profile.dropped values (0);`;

export const dropErasureTables = `${dropErasedIdentifierTables('profile')};
  drop table profile.dropped, profile.erased_member, profile.erasure_result, profile.erasure`;
