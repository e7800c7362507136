import type { RuleDocument } from '@sestante/rules';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { ChangedBy } from './model.table.ts';

/** What a request says of an audience. */
export interface AudienceContent {
  readonly name: string;
  readonly description: string;
  readonly rule: RuleDocument;
}

/** One version of an audience. */
export interface AudienceRevision extends AudienceContent {
  /** Counts the versions from 1. */
  readonly revision: number;
  readonly changedBy: ChangedBy;
  readonly changedAt: Date;
}

export interface StoredAudience extends AudienceRevision {
  readonly audienceId: string;
  readonly createdAt: Date;
}

const revision = `name, description, rule, revision, changed_by as "changedBy", changed_at as "changedAt"`;
const audience = `audience_id as "audienceId", ${revision}, created_at as "createdAt"`;

type Connection = Pick<DataSource, 'query'>;

/** By name. */
export function findAudiences(connection: Connection): Promise<StoredAudience[]> {
  return connection.query<StoredAudience[]>(`select ${audience} from scoring.audience order by lower(name)`);
}

export async function findAudience(connection: Connection, audienceId: string): Promise<StoredAudience | undefined> {
  const [found] = await connection.query<StoredAudience[]>(
    `select ${audience} from scoring.audience where audience_id = $1`,
    [audienceId],
  );
  return found;
}

/** The versions of an audience, the latest first, from those before a revision on. */
export function findRevisions(
  connection: Connection,
  { audienceId, before, limit }: { readonly audienceId: string; readonly before: number; readonly limit: number },
): Promise<AudienceRevision[]> {
  return connection.query<AudienceRevision[]>(
    `select ${revision} from scoring.audience_revision where audience_id = $1 and revision < $2 order by revision desc limit $3`,
    [audienceId, before, limit],
  );
}

/** Who holds it until the end of the transaction is the only one who changes audiences. Resolves to all of them. */
export async function lockAudiences(client: PoolClient): Promise<readonly StoredAudience[]> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('scoring.audience', 0))`);
  return (await client.query<StoredAudience>(`select ${audience} from scoring.audience`)).rows;
}

/** Stores a new audience. Resolves to its id. */
export async function insertAudience(
  client: PoolClient,
  { name, description, rule }: AudienceContent,
  changedBy: ChangedBy,
): Promise<string> {
  const { rows } = await client.query<{ audience_id: string }>(
    `with added as (
       insert into scoring.audience (name, description, rule, changed_by) values ($1, $2, $3, $4) returning *)
     insert into scoring.audience_revision (audience_id, revision, name, description, rule, changed_by, changed_at)
     select audience_id, revision, name, description, rule, changed_by, changed_at from added returning audience_id`,
    [name, description, JSON.stringify(rule), JSON.stringify(changedBy)],
  );
  return rows[0]!.audience_id;
}

/** Stores the next version of an audience. */
export async function updateAudience(
  client: PoolClient,
  { audienceId, name, description, rule }: AudienceContent & { readonly audienceId: string },
  changedBy: ChangedBy,
): Promise<void> {
  await client.query(
    `with changed as (
       update scoring.audience
          set name = $2, description = $3, rule = $4, changed_by = $5, changed_at = now(), revision = revision + 1
        where audience_id = $1 returning *)
     insert into scoring.audience_revision (audience_id, revision, name, description, rule, changed_by, changed_at)
     select audience_id, revision, name, description, rule, changed_by, changed_at from changed`,
    [audienceId, name, description, JSON.stringify(rule), JSON.stringify(changedBy)],
  );
}

export async function deleteAudience(client: PoolClient, audienceId: string): Promise<void> {
  await client.query('delete from scoring.audience where audience_id = $1', [audienceId]);
}
