import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

/** The links of a member before a rule, in the order of the index, which ends with `same-activity` and `same-page`. */
export const linksOf = (member: string, before: string, columns: string) => `
  select ${columns} from profile.link where member_a = ${member} and rule < ${before} and not is_beyond
  union all
  select ${columns} from profile.link where member_b = ${member} and rule < ${before} and not is_beyond`;

/** The ids of all members that are connected with these, in one statement. */
export async function readReach(
  client: PoolClient,
  memberIds: readonly string[],
  unlimited: ReadonlySet<string>,
): Promise<string[]> {
  const { rows } = await client.query<{ member_id: string }>({
    name: 'profile-read-reach',
    text: `
      with recursive reached (member_id) as (
        select * from unnest($1::uuid[])
        union
        select c.member_id
          from reached r
         cross join lateral (
                 select m.member_id,
                        case when m.is_shared and m.member_id <> all($2::uuid[]) then 'same-activity'
                             when m.is_confirmed and (m.kind in ('user_id', 'loyalty_card') or m.is_verified) then 'same-page'
                             else 'z' end as unread
                   from profile.member m where m.member_id = r.member_id offset 0) m
         cross join lateral (
                 select unnest(array[member_a, member_b]) as member_id
                   from (${linksOf('m.member_id', 'm.unread', 'member_a, member_b')}) l offset 0) c)
      select member_id from reached`,
    values: [uuidArray(memberIds), [...unlimited]],
  });
  return rows.map(({ member_id }) => member_id);
}
