import { activityNamesFor, type Element, fold, latestActivityAt, type State } from '@sestante/engagement';
import { customerErased, notFound, Problem } from '@sestante/runtime';
import type { DataSource } from 'typeorm';
import { iso } from './asked-instant.ts';
import type { LiveModel, LoadedModel } from './live-model.ts';
import { isErased } from './store/erasures.ts';
import { type History, readHistory } from './store/read-history.ts';
import { readMembers } from './store/read-members.ts';
import { sumOf } from './sum-of.ts';

/** The model of a request, and the live one: its rows say which members a customer has. */
export interface AskedModels {
  readonly live: LoadedModel;
  /** The asked model, which may be the live one. */
  readonly loaded: LoadedModel;
}

/** The models for a request that names a version, or none. Throws 404. */
export async function askedModels(liveModel: LiveModel, version: string | undefined): Promise<AskedModels> {
  const [live, asked] = await Promise.all([
    liveModel.read(),
    version === undefined ? undefined : liveModel.find(version),
  ]);
  if (version !== undefined && !asked) throw notFound('model');
  return { live, loaded: asked ?? live };
}

interface Asked {
  /** The id of the customer, or a former one. */
  readonly customerId: string;
  /** In milliseconds since 1970; undefined for now. */
  readonly at: number | undefined;
  /** Without `at`: the last instant of the activities, instead of now. Whoever sets it must not ask for an instant before the latest activity of the base. */
  readonly until?: number;
  /** The element whose score is asked; all if absent. */
  readonly element?: Element;
}

type Known<T> = T & { readonly customerId: string };

/**
 * The stored state. With an instant, or under another model than the live one, the fold over the kept activities: the states of others may be behind. With the id of the
 * customer, also if a former one was asked. Throws 404 and 410, and 400 as `historyUnder`.
 */
export async function stateUnder(
  dataSource: DataSource,
  models: AskedModels,
  asked: Asked,
): Promise<Known<{ readonly state: State }>> {
  const { live, loaded } = models;
  if (asked.at !== undefined || loaded.modelId !== live.modelId) {
    const { customerId, evidence, base, closed } = await historyUnder(dataSource, models, asked);
    return { customerId, state: fold(loaded.model, evidence, base, closed) };
  }
  const members = await readMembers(dataSource, live.modelId, asked.customerId);
  const [first] = members;
  if (!first) throw notFound('customer');
  if (isErased(first)) throw customerErased();
  const states = members.map(({ state }) => state);
  return { customerId: first.customerId, state: sumOf(live.model, states) };
}

/**
 * The history of a customer as a model reads it, up to an instant or now. Its base is exact only from its latest activity on. Under a draft, the activities that
 * are no longer kept are as the live model read them. Throws 404 for an unknown customer, 410 for an erased one, and 400 for an instant that is too early.
 */
export async function historyUnder(
  dataSource: DataSource,
  { live, loaded }: AskedModels,
  { customerId: asked, at, until = at ?? Date.now(), element }: Asked,
): Promise<Known<History>> {
  const { modelId } = live;
  const baseOf = loaded.status === 'draft' ? modelId : loaded.modelId;
  const { model } = loaded;
  const names = element && activityNamesFor(model, element);
  const history = await readHistory(dataSource, { modelId, baseOf, model, customerId: asked, until, names });
  const { customerId } = history;
  if (customerId === undefined) throw notFound('customer');
  if (history.isErased) throw customerErased();
  const earliest = latestActivityAt(history.base);
  if (at !== undefined && earliest !== undefined && at < earliest) throw instantTooEarly(earliest);
  return { ...history, customerId };
}

const instantTooEarly = (earliest: number) =>
  new Problem(
    400,
    'instant-too-early',
    `The activities before ${iso(earliest)} are no longer kept one by one. \`at\` must not be before this instant.`,
  );
