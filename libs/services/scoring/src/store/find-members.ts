import type { DataSource } from 'typeorm';

export interface Member {
  readonly customerId: string;
  readonly enteredAt: Date;
}

const member = `customer_id as "customerId", changed_at as "enteredAt"`;

/** Members by their ids, from those after one on. */
export function findMembers(
  dataSource: DataSource,
  {
    audienceId,
    after,
    limit,
  }: { readonly audienceId: string; readonly after: string | undefined; readonly limit: number },
): Promise<Member[]> {
  return dataSource.query<Member[]>(
    `select ${member} from scoring.audience_member
      where audience_id = $1 and transitions % 2 = 1 and ($2::uuid is null or customer_id > $2::uuid) order by customer_id limit $3`,
    [audienceId, after ?? null, limit],
  );
}

/** Members by chance. */
export function findSample(dataSource: DataSource, audienceId: string, size: number): Promise<Member[]> {
  return dataSource.query<Member[]>(
    `select ${member} from scoring.audience_member where audience_id = $1 and transitions % 2 = 1 order by random() limit $2`,
    [audienceId, size],
  );
}

/** How many members two audiences have together, and alone. */
export async function countOverlap(
  dataSource: DataSource,
  audienceId: string,
  otherId: string,
): Promise<{ both: number; onlyThis: number; onlyOther: number }> {
  const membersOf = (place: string) =>
    `(select customer_id from scoring.audience_member where audience_id = ${place} and transitions % 2 = 1)`;
  const [counts] = await dataSource.query<{ both: number; onlyThis: number; onlyOther: number }[]>(
    `select (count(*) filter (where one.customer_id is not null and other.customer_id is not null))::int as both,
            (count(*) filter (where other.customer_id is null))::int as "onlyThis",
            (count(*) filter (where one.customer_id is null))::int as "onlyOther"
       from ${membersOf('$1')} as one full join ${membersOf('$2')} as other using (customer_id)`,
    [audienceId, otherId],
  );
  return counts!;
}
