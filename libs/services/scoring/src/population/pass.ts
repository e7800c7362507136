import { setImmediate as otherWork, setTimeout as sleep } from 'node:timers/promises';
import { changeOf, elements, loyal, type Model, momentAt, scoresAt, statesAt } from '@sestante/engagement';
import type { DataSource } from 'typeorm';
import type { LoadedModel } from '../live-model.ts';
import { customersFrom } from '../store/customer-ids.ts';
import { Counted, type Counts } from './counted.ts';
import { type CustomerHistory, readHistories } from './customer-histories.ts';
import { Moved, type Movements, type Window, windows } from './movement.ts';

const customersAtOnce = 50;
const dayMs = 86_400_000;
/** After a slice, the live path has the thread and the database for this share of the time that the slice took. */
const rest = 0.2;

export interface Asked {
  /** The instants at which all customers are counted, ascending, in milliseconds since 1970. */
  readonly instants: readonly number[];
  /** Until when the changes are counted. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export interface Passed {
  /** For each instant. */
  readonly counts: readonly Counts[];
  readonly movements: ReadonlyMap<Window, Movements>;
}

/** Counts all customers of a model from their activities: the scores at some instants of the past, and what has changed since. Customers are those of today. */
export async function passOver(
  dataSource: DataSource,
  live: LoadedModel,
  { instants, now, signal }: Asked,
): Promise<Passed> {
  const counted = instants.map(() => new Counted());
  const moved = new Map(windows.map((days) => [days, new Moved()]));
  const all = { most: Number.MAX_SAFE_INTEGER, atOnce: customersAtOnce };
  for await (const customerIds of customersFrom(dataSource, live.modelId, all)) {
    signal.throwIfAborted();
    const start = performance.now();
    for (const history of await readHistories(dataSource, live, customerIds)) {
      countAt(live.model, history, instants, counted);
      addChanges(live.model, history, now, moved);
      await otherWork();
    }
    await sleep(Math.ceil((performance.now() - start) * rest), undefined, { signal });
  }
  return {
    counts: counted.map((one) => one.counts()),
    movements: new Map([...moved].map(([days, one]) => [days, one.movements()])),
  };
}

/** Before its first activity, nobody is a customer. */
function countAt(
  model: Model,
  history: CustomerHistory,
  instants: readonly number[],
  counted: readonly Counted[],
): void {
  const { evidence, base, closed, firstAt, exactFrom } = history;
  const since = exactFrom > -Infinity ? exactFrom : firstAt;
  const first = instants.findIndex((instant) => instant >= since);
  if (first === -1) return;
  const own = instants.slice(first);
  for (const [index, state] of statesAt(model, evidence, own, base, closed).entries()) {
    const at = own[index]!;
    counted[first + index]!.add(scoresAt(model, state, at), loyal(model, state, at)?.isLoyal ?? false);
  }
}

function addChanges(model: Model, history: CustomerHistory, now: number, moved: ReadonlyMap<Window, Moved>): void {
  const { customerId, evidence, base, closed, exactFrom } = history;
  if (exactFrom > now) return;
  const later = momentAt(model, evidence, now, base, closed);
  for (const [days, all] of moved) {
    const from = now - days * dayMs;
    if (from < exactFrom) continue;
    const moments = { before: momentAt(model, evidence, from, base, closed), now: later };
    for (const element of elements) {
      const change = changeOf(model, moments, element);
      if (change) all.add(customerId, element, change);
    }
  }
}
