import type { State } from '@sestante/engagement';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type Matters, noMatters } from '../held-matters.ts';
import type { PublishedElements } from '../translate.ts';
import { toPublished, toState } from './packed-state.ts';

/** The last published scores of a customer. */
export interface PublishedScores {
  /** 0 if none were published. */
  readonly version: number;
  readonly published: PublishedElements | undefined;
}

/** A member with its decayed sums. Its published scores are those of its customer unless another member has a higher version. Immutable. */
export interface MemberState extends PublishedScores {
  readonly memberId: string;
  readonly customerId: string;
  /** How often the member was moved to another customer before it belonged to this one. */
  readonly moves: number;
  /** The revision of the row that has this state; 0 if the member is not stored. */
  readonly revision: number;
  readonly state: State;
  /** What is in memory of the matters that it told about. */
  readonly matters: Matters;
}

interface Row {
  readonly member_id: string;
  readonly customer_id: string;
  readonly moves: number;
  readonly revision: number;
  readonly version: number;
  readonly state: Buffer;
  readonly published: Buffer | null;
}

/** The columns of a `MemberState`. */
export const memberColumns = 'member_id, customer_id, moves, revision, version, state, published';

/** All members of the customers. They are not locked: `saveMembers` compares their revisions. */
export async function findMembersOf(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<MemberState[]> {
  if (customerIds.length === 0) return [];
  // `offset 0` keeps the planner from joining the whole table: it looks up each customer.
  const { rows } = await client.query<Row>({
    name: 'scoring-find-members',
    text: `
      select found.*
        from unnest($2::uuid[]) as asked (customer_id)
       cross join lateral (
               select ${memberColumns} from scoring.member m
                where m.customer_id = asked.customer_id and m.model_id = $1
               offset 0) as found`,
    values: [modelId, uuidArray(customerIds)],
  });
  return rows.map(toMemberState);
}

/** The stored ones of these members, whatever their customer is. They are not locked either. */
export async function findMembers(
  client: PoolClient,
  modelId: number,
  memberIds: readonly string[],
): Promise<MemberState[]> {
  if (memberIds.length === 0) return [];
  const { rows } = await client.query<Row>({
    name: 'scoring-find-other-members',
    text: `select ${memberColumns} from scoring.member where model_id = $1 and member_id = any($2::uuid[])`,
    values: [modelId, uuidArray(memberIds)],
  });
  return rows.map(toMemberState);
}

export function toMemberState(row: Row): MemberState {
  return {
    memberId: row.member_id,
    customerId: row.customer_id,
    moves: row.moves,
    revision: row.revision,
    state: toState(row.state),
    version: row.version,
    published: toPublished(row.published),
    matters: noMatters,
  };
}
