import type { CustomerActed } from '@sestante/contracts';
import { type Activity, type Evidence, mattersOf, type Model, read } from '@sestante/engagement';
import { toActivity } from './translate.ts';

/** An activity as scoring keeps it, and what the model reads in it. */
export interface Reading {
  readonly activity: Activity;
  readonly evidence: Evidence;
  /** The matters that it tells about. */
  readonly keys: readonly string[];
}

/** By the id of the activity. */
export type Readings = ReadonlyMap<string, Reading>;

export function readAll(model: Model, acted: readonly CustomerActed[]): Readings {
  return new Map(acted.map((one) => [one.activityId, readOne(model, one)]));
}

function readOne(model: Model, acted: CustomerActed): Reading {
  const activity = toActivity(acted);
  const evidence = read(model, activity);
  return { activity, evidence, keys: mattersOf(evidence) };
}
