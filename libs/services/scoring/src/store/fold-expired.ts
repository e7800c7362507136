import {
  addAll,
  type Evidence,
  heldBy,
  type Holders,
  holdersOf,
  latestActivityAt,
  mattersOf,
  read,
  settle,
  type State,
} from '@sestante/engagement';
import { type BeforeDrop, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { type ActivityRow, activityColumns, toActivity } from './activity-row.ts';
import { findTellings, type FoundTelling, type HeldMatter, removeMatters } from './matters.ts';
import { findModelsWithStates, type ModelWithStates } from './models-with-states.ts';
import { findBases, lockBases, saveBases } from './bases.ts';

/** The number of activities that are in memory at once. */
const rowsAtOnce = 2_000;

type Row = ActivityRow & { readonly member_id: string };

/**
 * Adds all activities of an expired month to the bases of its members, under every model that has states, in the transaction that drops the month: either
 * both happen or neither. The states of members have these activities already and stay as they are. A member whose activities are in two pieces is written
 * twice. The matters that these activities hold stay: they are closed then. Those that another activity holds by now are held by that one alone.
 */
export const foldExpired: BeforeDrop = async (client, { table }) => {
  await lockBases(client);
  const models = await findModelsWithStates(client);
  await client.query(
    `declare expired no scroll cursor for
       select a.member_id, ${activityColumns} from ${table} a order by a.member_id, a.happened_at`,
  );
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${rowsAtOnce} from expired`);
    if (rows.length === 0) break;
    for (const of of models) await addToBases(client, of, rows);
  }
  await client.query('close expired');
};

async function addToBases(client: PoolClient, of: ModelWithStates, rows: readonly Row[]): Promise<void> {
  const { modelId, model } = of;
  const expired = Map.groupBy(rows, (row) => row.member_id);
  const evidence = new Map(
    [...expired].map(([memberId, own]) => [memberId, own.map((row) => read(model, toActivity(row)))]),
  );
  const { counted, superseded } = await settleWithKept(client, of, evidence);
  const stored = await findBases(client, modelId, [...expired.keys()]);
  const bases = [...counted].map(([memberId, own]): [string, State] => [
    memberId,
    addAll(model, own, stored.get(memberId)),
  ]);
  await saveBases(
    client,
    modelId,
    bases.filter(([, base]) => latestActivityAt(base) !== undefined),
  );
  await removeMatters(client, modelId, superseded);
}

/** The expired evidence with what counts of it, and the matters of which it told and that other evidence holds by now. */
interface Settled {
  readonly counted: ReadonlyMap<string, readonly Evidence[]>;
  readonly superseded: readonly HeldMatter[];
}

/** Settles the evidence of the members with what else their customers told about the same matters. */
async function settleWithKept(
  client: PoolClient,
  of: ModelWithStates,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
): Promise<Settled> {
  const telling = [...evidence].filter(([, own]) => own.some((one) => mattersOf(one).length > 0));
  if (telling.length === 0) return { counted: evidence, superseded: [] };
  const customers = await findCustomers(
    client,
    telling.map(([memberId]) => memberId),
  );
  const asked = customers.map((members) => {
    const told = members.flatMap((memberId) => evidence.get(memberId) ?? []);
    return { members, told, keys: [...new Set(told.flatMap(mattersOf))] };
  });
  const pairs = asked.flatMap(({ members, keys }) =>
    members.flatMap((memberId) => keys.map((key) => ({ memberId, key }))),
  );
  const found = Map.groupBy(await findTellings(client, of, pairs), ({ memberId }) => memberId);
  const settled = new Map<string, Evidence>();
  const superseded: HeldMatter[] = [];
  for (const { members, told } of asked) {
    const { closed, all } = toldWith(
      told,
      members.flatMap((memberId) => found.get(memberId) ?? []),
    );
    for (const one of settle(of.model, all, closed)) settled.set(one.activityId, one);
    const holders = holdersOf(of.model, all);
    for (const memberId of members)
      for (const one of evidence.get(memberId) ?? []) superseded.push(...notHeldBy(holders, one, memberId));
  }
  const counted = new Map(
    [...evidence].map(([memberId, own]) => [memberId, own.map((one) => settled.get(one.activityId) ?? one)]),
  );
  return { counted, superseded };
}

function notHeldBy(holders: Holders, one: Evidence, memberId: string): HeldMatter[] {
  const held = heldBy(holders, one);
  const others = mattersOf(one).filter((key) => !held.includes(key));
  return others.map((key) => ({ memberId, key, activityId: one.activityId }));
}

/** All that was told, each activity once, and which matters are closed. */
function toldWith(told: readonly Evidence[], found: readonly FoundTelling[]) {
  const closed = new Set(found.filter(({ evidence }) => evidence === undefined).map(({ key }) => key));
  const kept = found.flatMap(({ evidence }) => evidence ?? []);
  const all = new Map([...kept, ...told].map((one) => [one.activityId, one]));
  return { closed, all: [...all.values()] };
}

/** The members of each customer of these members, as the live model knows them: other models may be behind. */
async function findCustomers(client: PoolClient, memberIds: readonly string[]): Promise<string[][]> {
  const { rows } = await client.query<{ members: string[] }>(
    `with live as (select model_id from scoring.model where status = 'live')
     select array_agg(member_id::text) as members from scoring.member join live using (model_id)
      where customer_id in (select customer_id from scoring.member join live using (model_id) where member_id = any($1::uuid[]))
      group by customer_id`,
    [uuidArray(memberIds)],
  );
  return rows.map(({ members }) => members);
}
