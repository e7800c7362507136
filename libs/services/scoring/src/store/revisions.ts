import { uuidArray } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import type { MemberState } from './states.ts';

/** What tells one content of a customer's members from another. */
export interface Revision {
  readonly members: number;
  /** Of the revisions and moves of all members. */
  readonly sum: number;
}

/**
 * The revisions of these customers, in the order of the list: another one when a state was written, when members have joined or left, and after an erasure.
 * Zeros for a customer without members, such as one that was merged into another one.
 */
export async function revisionsOf(
  dataSource: DataSource,
  modelId: number,
  customerIds: readonly string[],
): Promise<Revision[]> {
  return dataSource.query<Revision[]>(
    `select found.members, found.sum
       from unnest($2::uuid[]) with ordinality as asked (customer_id, place)
      cross join lateral (
              select count(*)::int as members, coalesce(sum(m.revision::bigint + m.moves), 0)::float8 as sum from scoring.member m
               where m.customer_id = asked.customer_id and m.model_id = $1
              offset 0) as found
      order by asked.place`,
    [modelId, uuidArray(customerIds)],
  );
}

/** The same of members that were read. */
export function revisionOf(members: readonly Pick<MemberState, 'revision' | 'moves'>[]): Revision {
  return { members: members.length, sum: members.reduce((sum, { revision, moves }) => sum + revision + moves, 0) };
}
