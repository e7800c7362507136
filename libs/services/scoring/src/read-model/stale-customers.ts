import { erasedMoves } from '@sestante/contracts';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';

const none = '00000000-0000-0000-0000-000000000000';

/** Some customers in the order of their ids. */
export interface Slice {
  /** The last one; undefined if no customers come after them. */
  readonly last: string | undefined;
  /** Those whose row is not of the present states of their members or what was told last, or that have none, or that have a row and no members. */
  readonly stale: readonly string[];
}

/**
 * A customer whose row was computed from other states than those of its present members, or knows less of what profile tells than its row under another
 * model. `$1` is the model.
 */
const isStale = `(s.fingerprint is distinct from present.fingerprint
             or exists (select from scoring.customer_score o
                         where o.customer_id = s.customer_id and o.told_at > coalesce(s.told_at, '-infinity')))`;
const present = `select m.customer_id, sum(m.revision * (1 + ('x' || right(m.member_id::text, 7))::bit(28)::bigint))::bigint as fingerprint
  from scoring.member m where m.model_id = $1 and m.moves <> ${erasedMoves}`;

/** Compares the next customers after one with their rows. */
export async function nextSlice(
  client: PoolClient,
  modelId: number,
  { after = none, most }: { readonly after?: string | undefined; readonly most: number },
): Promise<Slice> {
  const { rows } = await client.query<{ last: string | null; stale: string[] }>({
    name: 'scoring-next-score-slice',
    text: `
      with present as (${present} and m.customer_id > $2 group by m.customer_id order by m.customer_id limit $3),
           slice as (select case when count(*) = $3 then max(customer_id::text)::uuid end as last from present),
           stale as (
             select present.customer_id from present
               left join scoring.customer_score s on s.customer_id = present.customer_id and s.model_id = $1
              where ${isStale}
             union all
             select s.customer_id from scoring.customer_score s
              where s.model_id = $1 and s.customer_id > $2 and s.customer_id <= coalesce((select last from slice), s.customer_id)
                and not exists (select from scoring.member m where m.customer_id = s.customer_id and m.model_id = $1 and m.moves <> ${erasedMoves}))
      select last, array(select customer_id::text from stale) as stale from slice`,
    values: [modelId, after, most],
  });
  const { last, stale } = rows[0]!;
  return { last: last ?? undefined, stale };
}

/** Those of the customers that are still stale. */
export async function stillStale(
  client: PoolClient,
  modelId: number,
  customerIds: readonly string[],
): Promise<string[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await client.query<{ customer_id: string }>(
    `with present as (${present} and m.customer_id = any($2::uuid[]) group by m.customer_id)
     select asked.customer_id
       from unnest($2::uuid[]) as asked (customer_id)
       left join present using (customer_id)
       left join scoring.customer_score s on s.customer_id = asked.customer_id and s.model_id = $1
      where ${isStale}`,
    [modelId, uuidArray(customerIds)],
  );
  return rows.map((row) => row.customer_id);
}
