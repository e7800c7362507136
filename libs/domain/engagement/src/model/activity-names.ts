import type { Element } from '../element.ts';
import type { Model } from './model.ts';

/**
 * The names of all activities on which the score of an element depends under a model: those with a signal for it, purchases, and those that may tell about the
 * same matters. For coherence all that the model reads, because of the spread between channels. To explain the score, only their evidence is needed.
 */
export function activityNamesFor(model: Model, element: Element): ReadonlySet<string> {
  const { rules, purchases } = model;
  if (element === 'coherence') return new Set([...model.rulesOf.keys(), ...purchases.activities]);
  const own = rules.filter(({ signals }) => signals.some((signal) => signal.element === element));
  const groups = new Set([
    ...own.map(({ activity, matters }) => matters?.groupOf(activity)),
    ...[...purchases.activities].map((activity) => purchases.matters?.groupOf(activity)),
  ]);
  const sharing = rules.filter(({ activity, matters }) => matters && groups.has(matters.groupOf(activity)));
  return new Set([...purchases.activities, ...[...own, ...sharing].map(({ activity }) => activity)]);
}
