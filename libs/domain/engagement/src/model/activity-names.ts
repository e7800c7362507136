import type { Element } from '../element.ts';
import type { Model } from './model.ts';

/** Names of activities. */
export interface ActivityNames {
  readonly all: ReadonlySet<string>;
  /** Those of which a model reads a property. The others are read by their name, instant and channel alone. */
  readonly withProperties: ReadonlySet<string>;
}

/**
 * The names of all activities on which the score of an element depends under a model: those with a signal for it, purchases, and those that may tell about the
 * same matters. For coherence all that the model reads, because of the spread between channels. To explain the score, only their evidence is needed.
 */
export function activityNamesFor(model: Model, element: Element): ActivityNames {
  const all = element === 'coherence' ? namesRead(model) : namesFor(model, element);
  return { all, withProperties: new Set([...all].filter((name) => readsProperties(model, name))) };
}

function namesRead({ rulesOf, purchases }: Model): Set<string> {
  return new Set([...rulesOf.keys(), ...purchases.activities]);
}

function namesFor({ rules, purchases }: Model, element: Element): Set<string> {
  const own = rules.filter(({ signals }) => signals.some((signal) => signal.element === element));
  const groups = new Set([
    ...own.map(({ activity, matters }) => matters?.groupOf(activity)),
    ...[...purchases.activities].map((activity) => purchases.matters?.groupOf(activity)),
  ]);
  const sharing = rules.filter(({ activity, matters }) => matters && groups.has(matters.groupOf(activity)));
  return new Set([...purchases.activities, ...[...own, ...sharing].map(({ activity }) => activity)]);
}

function readsProperties({ rulesOf, purchases }: Model, name: string): boolean {
  return purchases.activities.has(name) || (rulesOf.get(name) ?? []).some((rule) => rule.readsProperties);
}
