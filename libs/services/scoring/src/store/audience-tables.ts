/**
 * Audiences, in the order in which they are created. `audience_revision` has every version of an audience, with the latest one. Who changes an audience holds
 * the advisory lock of `lockAudiences`: rules name other audiences, so two changes at the same time could make a circle.
 *
 * `audience_member` has the customers that are, or were, members. `transitions` counts how often they entered and left: odd for a member. `told` is the last
 * transition that was published for certain. Who changes members holds the advisory lock of `lockMembers`. Rows of an audience that is deleted stay until everybody has left it.
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
  create table scoring.audience_member (
    customer_id uuid not null,
    audience_id uuid not null,
    transitions int not null,
    told int not null default 0,
    changed_at timestamptz not null,
    primary key (customer_id, audience_id)
  ) with (fillfactor = 85);
  create index member_of_audience on scoring.audience_member (audience_id, customer_id) where transitions % 2 = 1;
  create index untold_transition on scoring.audience_member (customer_id) where told < transitions;
`;
