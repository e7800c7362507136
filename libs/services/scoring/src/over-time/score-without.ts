import { type Element, fold, type Model, type Scale, scoresAt } from '@sestante/engagement';
import { notFound } from '@sestante/runtime';
import type { History } from '../store/read-history.ts';

interface Question {
  readonly element: Element;
  readonly scale: Scale;
  readonly at: number;
}

/**
 * The score if one of the activities had not happened, and its difference from the score, in points. Of what else was told about its matter, the next one
 * counts; a purchase changes rhythm and the usual amount. Throws 404 if the history does not have the activity.
 */
export function scoreWithout(
  model: Model,
  { evidence, base, closed }: Pick<History, 'evidence' | 'base' | 'closed'>,
  { element, scale, at }: Question,
  activityId: string,
) {
  const others = evidence.filter((one) => one.activityId !== activityId);
  if (others.length === evidence.length) throw notFound('activity among those that the score was computed from');
  const scoreOf = (told: typeof evidence) =>
    scoresAt(model, fold(model, told, base, closed), at).elements[element][scale];
  const [actual, score] = [scoreOf(evidence), scoreOf(others)];
  return { activityId, score, change: actual === null || score === null ? null : score - actual };
}
