import { fromNumbers, type State, toNumbers } from '@sestante/engagement';
import { lines, uuids } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** A member with its decayed sums. */
export interface MemberState {
  readonly memberId: string;
  readonly customerId: string;
  readonly state: State;
}

type Row = { member_id: string; customer_id: string; state: Buffer };

/** All members of the customers, and the given members whatever their customer is, locked until the transaction ends. */
export async function lockMembers(
  client: PoolClient,
  modelId: number,
  { customerIds, memberIds }: { customerIds: readonly string[]; memberIds: readonly string[] },
): Promise<MemberState[]> {
  const { rows } = await client.query<Row>({
    name: 'scoring-lock-members',
    text: `
      select member_id, customer_id, state from scoring.member
       where model_id = $1 and member_id = any(array(
               select member_id from scoring.member where model_id = $1 and customer_id = any($2::uuid[])
               union select unnest($3::uuid[])))
       order by member_id for update`,
    values: [modelId, uuids(customerIds), uuids(memberIds)],
  });
  return rows.map(toMemberState);
}

/** Stores the states. They are one binary parameter, which the statement splits by their fixed length. */
export async function saveMembers(client: PoolClient, modelId: number, members: readonly MemberState[]): Promise<void> {
  if (members.length === 0) return;
  const sorted = members.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const packed = sorted.map(({ state }) => pack(state));
  await client.query({
    name: 'scoring-save-members',
    text: `
      insert into scoring.member as m (model_id, member_id, customer_id, state)
      select $1, member::uuid, customer::uuid, substring($4::bytea from ((n - 1) * $5::int + 1)::int for $5::int)
        from unnest(string_to_array($2, E'\\n'), string_to_array($3, E'\\n')) with ordinality as row(member, customer, n)
      on conflict (member_id, model_id) do update set state = excluded.state, customer_id = excluded.customer_id`,
    values: [
      modelId,
      lines(sorted, ({ memberId }) => memberId),
      lines(sorted, ({ customerId }) => customerId),
      Buffer.concat(packed),
      packed[0]!.length,
    ],
  });
}

function pack(state: State): Buffer {
  const numbers = toNumbers(state);
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

export function toMemberState({ member_id, customer_id, state }: Row): MemberState {
  const bytes = new Uint8Array(state);
  return {
    memberId: member_id,
    customerId: customer_id,
    state: fromNumbers(new Float64Array(bytes.buffer, 0, bytes.length / 8)),
  };
}
