import type { Model } from '../model/model.ts';
import type { State } from '../state/state.ts';
import { channels } from '../activity.ts';
import { elements } from '../element.ts';
import { days } from '../decay.ts';
import { channelCount, referenceAt } from '../state/layout.ts';
import { numberAt } from '../state/state.ts';
import { scoresAt } from './scores-at.ts';
import { evidenceCount } from './view.ts';

/**
 * Whether the customer is truly loyal by the model's definition: a strong bond, lately, over several channels and elements.
 * A model without a definition calls nobody loyal. `at` is in milliseconds since 1970 and is read as in `scoresAt`.
 */
export function isLoyal(model: Model, state: State, at: number): boolean {
  const { loyal } = model;
  if (loyal === undefined) return false;
  const age = at - numberAt(state, referenceAt);
  const channelsMet = channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
  const elementsMet = elements.filter((element) => evidenceCount(state, element) > 0);
  return (
    age <= days(loyal.withinDays) &&
    channelsMet.length >= loyal.channels &&
    elementsMet.length >= loyal.elements &&
    (scoresAt(model, state, at).overall ?? 0) >= loyal.overall
  );
}
