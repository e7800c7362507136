/**
 * Audiences, in the order in which they are created. `audience_revision` has every version of an audience, with the latest one. Who changes an audience holds
 * the advisory lock of `lockAudiences`: rules name other audiences, so two changes at the same time could make a circle.
 */
export const audienceTables = `
  create table scoring.audience (
    audience_id uuid primary key default gen_random_uuid(),
    name text not null,
    description text not null,
    rule json not null,
    revision int not null default 1,
    changed_by json not null,
    changed_at timestamptz not null default now(),
    created_at timestamptz not null default now()
  );
  create unique index audience_of_name on scoring.audience (lower(name));
  create table scoring.audience_revision (
    audience_id uuid not null references scoring.audience on delete cascade,
    revision int not null,
    name text not null,
    description text not null,
    rule json not null,
    changed_by json not null,
    changed_at timestamptz not null,
    primary key (audience_id, revision)
  );
`;
