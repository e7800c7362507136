import { erasedMoves } from '@sestante/contracts';
import { doubleArray, intArray, textArray, transaction, uuidArray } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import type { Element } from '@sestante/engagement';
import type { Mover, Movement, Movements, Window } from './movement.ts';

/** What has changed in the last days until an instant, in milliseconds since 1970. */
export interface StoredMovement extends Movement {
  readonly countedAt: number;
}

interface Asked {
  readonly modelId: number;
  readonly days: Window;
  readonly element: Element;
}

/** Undefined if nothing was counted yet. */
export async function readMovement(
  dataSource: DataSource,
  { modelId, days, element }: Asked,
): Promise<StoredMovement | undefined> {
  const [row] = await dataSource.query<(Omit<StoredMovement, 'fell' | 'rose'> & { movers: readonly Mover[] })[]>(
    `select extract(epoch from m.counted_at)::float8 * 1000 as "countedAt", m.customers, m.mean, m.causes,
            coalesce((select json_agg(json_build_object('customerId', o.customer_id, 'before', o.before, 'now', o.now,
                                                        'change', o.now - o.before) order by abs(o.now - o.before) desc)
                        from scoring.mover o
                       where o.model_id = m.model_id and o.days = m.days and o.element = m.element
                         and exists (select from scoring.member p
                                      where p.customer_id = o.customer_id and p.model_id = o.model_id and p.moves <> $4)), '[]') as movers
       from scoring.movement m where m.model_id = $1 and m.days = $2 and m.element = $3`,
    [modelId, days, element, erasedMoves],
  );
  if (!row) return undefined;
  const { movers, ...movement } = row;
  return {
    ...movement,
    fell: movers.filter(({ change }) => change < 0),
    rose: movers.filter(({ change }) => change > 0),
  };
}

/** When the movements of a model were counted, in milliseconds since 1970; undefined if they were not. */
export async function movementsCountedAt(dataSource: DataSource, modelId: number): Promise<number | undefined> {
  const [row] = await dataSource.query<{ countedAt: number | null }[]>(
    `select extract(epoch from min(counted_at))::float8 * 1000 as "countedAt" from scoring.movement where model_id = $1`,
    [modelId],
  );
  return row?.countedAt ?? undefined;
}

interface MoverRow extends Mover {
  readonly days: Window;
  readonly element: Element;
}

/** Stores the movements of a model in place of those that are there. Customers who were erased since they were counted are left out: their rows are locked meanwhile. */
export async function saveMovements(
  dataSource: DataSource,
  modelId: number,
  { countedAt, movements }: { readonly countedAt: number; readonly movements: ReadonlyMap<Window, Movements> },
): Promise<void> {
  const all = [...movements].flatMap(([days, byElement]) =>
    Object.entries(byElement).map(([element, movement]) => ({ days, element: element as Element, ...movement })),
  );
  const movers = all.flatMap(({ days, element, fell, rose }) =>
    [...fell, ...rose].map((mover): MoverRow => ({ days, element, ...mover })),
  );
  await transaction(dataSource, async (client) => {
    const { rows } = await client.query<{ customer_id: string }>(
      `select customer_id from scoring.member
        where model_id = $1 and customer_id = any($2::uuid[]) and moves <> $3 order by member_id for share`,
      [modelId, uuidArray([...new Set(movers.map(({ customerId }) => customerId))]), erasedMoves],
    );
    const present = new Set(rows.map((row) => row.customer_id));
    const kept = movers.filter(({ customerId }) => present.has(customerId));
    await client.query('delete from scoring.mover where model_id = $1', [modelId]);
    await client.query('delete from scoring.movement where model_id = $1', [modelId]);
    await client.query(
      `insert into scoring.movement (model_id, days, element, counted_at, customers, mean, causes)
       select $1, n.days, n.element, to_timestamp($2::float8 / 1000), n.customers, n.mean, n.causes
         from json_to_recordset($3::json) as n (days smallint, element text, customers int, mean json, causes json)`,
      [modelId, countedAt, JSON.stringify(all.map(({ fell: _, rose: __, ...movement }) => movement))],
    );
    await client.query(
      `insert into scoring.mover (model_id, days, element, customer_id, before, now)
       select $1, * from unnest($2::int[], $3::text[], $4::uuid[], $5::float8[], $6::float8[])`,
      [
        modelId,
        intArray(kept.map(({ days }) => days)),
        textArray(kept.map(({ element }) => element)),
        uuidArray(kept.map(({ customerId }) => customerId)),
        doubleArray(kept.map(({ before }) => before)),
        doubleArray(kept.map(({ now }) => now)),
      ],
    );
  });
}
