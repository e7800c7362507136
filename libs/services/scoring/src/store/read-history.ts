import { type ActivityNames, type Closed, type Evidence, type Model, read, type State } from '@sestante/engagement';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { sumOf } from '../sum-of.ts';
import { customerOf } from './customer-of.ts';
import { isErased } from './erasures.ts';
import { activitiesAsJson, type ActivityArray, fromArray } from './activity-row.ts';
import { toState } from './packed-state.ts';

/** All that is stored about the experience of a customer. */
export interface History {
  /** The customer to whom the asked id belongs now; undefined if it is not known. */
  readonly customerId: string | undefined;
  /** Whether the customer was erased. */
  readonly isErased: boolean;
  /** The evidence of the kept activities under the asked model, in any order. */
  readonly evidence: readonly Evidence[];
  /** The state of all evidence that is no longer kept. */
  readonly base: State;
  /** The matters that activities hold which are no longer kept. */
  readonly closed: Closed;
}

interface Asked {
  /** The id of the live model, whose rows say which members the customer has. */
  readonly modelId: number;
  /** The model that reads the activities. */
  readonly model: Model;
  /** The id of the model whose bases are those of the activities that are no longer kept; the live one if absent. */
  readonly baseOf?: number;
  /** The id of the customer, or a former one. */
  readonly customerId: string;
  /** The last instant of the activities, in milliseconds since 1970. */
  readonly until: number;
  /** The names of the activities; all if absent. */
  readonly names?: ActivityNames | undefined;
}

/**
 * The history of all members of a customer. An activity is kept or in the base: the first statement locks the table of the activities, and an
 * expired month cannot be dropped before the second.
 */
export function readHistory(dataSource: DataSource, asked: Asked): Promise<History> {
  return transaction(dataSource, async (client) => {
    const [evidence, bases, closed, owner] = await Promise.all([
      readEvidence(client, asked),
      readBases(client, asked),
      readClosed(client, asked),
      readOwner(client, asked),
    ]);
    const isOwnerErased = owner !== undefined && isErased(owner);
    const base = sumOf(asked.model, bases);
    return { customerId: owner?.customerId, isErased: isOwnerErased, evidence, base, closed };
  });
}

export async function readEvidence(
  client: PoolClient,
  { model, modelId, customerId, until, names }: Asked,
): Promise<Evidence[]> {
  const { rows } = await client.query<{ activities: ActivityArray[] | null }>(
    `select ${activitiesAsJson('$5::text[] is null or a.name = any($5)')} as activities
       from scoring.activity a join scoring.member m using (member_id)
      where m.model_id = $1 and m.customer_id = ${customerOf} and a.happened_at <= to_timestamp($3::float8 / 1000)
        and ($4::text[] is null or a.name = any($4))`,
    [modelId, customerId, until, names ? [...names.all] : null, names ? [...names.withProperties] : null],
  );
  return (rows[0]!.activities ?? []).map((activity) => read(model, fromArray(activity)));
}

async function readBases(
  client: PoolClient,
  { modelId, baseOf = modelId, customerId }: Omit<Asked, 'model'>,
): Promise<State[]> {
  const { rows } = await client.query<{ state: Buffer }>(
    `select b.state from scoring.base b join scoring.member m using (member_id)
      where m.model_id = $1 and m.customer_id = ${customerOf} and b.model_id = $3`,
    [modelId, customerId, baseOf],
  );
  return rows.map(({ state }) => toState(state));
}

/** Only members with a base have activities that are no longer kept. */
async function readClosed(
  client: PoolClient,
  { modelId, baseOf = modelId, customerId }: Omit<Asked, 'model'>,
): Promise<Closed> {
  const { rows } = await client.query<{ key: string }>(
    `select m.key from scoring.matter m
      where m.model_id = $3
        and m.member_id in (select b.member_id from scoring.base b join scoring.member o using (member_id)
                             where b.model_id = $3 and o.model_id = $1 and o.customer_id = ${customerOf})
        and not exists (select from scoring.activity a
                         where a.member_id = m.member_id and a.happened_at = m.happened_at and a.received_at = m.received_at
                           and a.activity_id = m.activity_id)`,
    [modelId, customerId, baseOf],
  );
  return new Set(rows.map(({ key }) => key));
}

/** A member of the customer. */
async function readOwner(
  client: PoolClient,
  { modelId, customerId }: Omit<Asked, 'model'>,
): Promise<{ customerId: string; moves: number } | undefined> {
  const { rows } = await client.query<{ customerId: string; moves: number }>(
    `select customer_id as "customerId", moves from scoring.member where model_id = $1 and customer_id = ${customerOf} limit 1`,
    [modelId, customerId],
  );
  return rows[0];
}
