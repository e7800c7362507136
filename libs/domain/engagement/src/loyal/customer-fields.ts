import { channels } from '../activity.ts';
import { elements } from '../element.ts';
import type { Model } from '../model/model.ts';
import { scoreParts, silenceParts } from '../rules/loyal-rule.ts';
import { silenceAt } from '../scores/observed-rhythm.ts';
import { scoresAt } from '../scores/scores-at.ts';
import { channelCount, purchaseCount } from '../state/layout.ts';
import { numberAt, type State } from '../state/state.ts';

/** What is known of a customer at an instant, by the name of the field (`loyalFields`). Null without a value. */
export function customerFieldsAt(model: Model, state: State, at: number): ReadonlyMap<string, unknown> {
  const scores = scoresAt(model, state, at);
  const silence = silenceAt(model, state, at);
  const met = channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
  return new Map<string, unknown>([
    ...elements.flatMap((element) =>
      scoreParts.map((part) => [`${element}.${part}`, scores.elements[element][part]] as const),
    ),
    ['overall', scores.overall],
    ['channels', met],
    ['channels.count', met.length],
    ['purchases.count', numberAt(state, purchaseCount)],
    ...silenceParts.map((part) => [`purchases.${part}`, silence?.[part] ?? null] as const),
  ]);
}
