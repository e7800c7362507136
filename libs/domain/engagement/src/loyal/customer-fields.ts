import { type Catalogue, catalogueOf, type Field } from '@sestante/rules';
import { channels } from '../activity.ts';
import { elements } from '../element.ts';
import type { Model } from '../model/model.ts';
import { silenceAt } from '../scores/observed-rhythm.ts';
import { scoresAt } from '../scores/scores-at.ts';
import { channelCount, purchaseCount } from '../state/layout.ts';
import { numberAt, type State } from '../state/state.ts';

const ofElement = ['bond', 'mood', 'drop', 'confidence', 'evidence'] as const;
const ofSilence = ['usualDays', 'silentDays', 'chance', 'surprise'] as const;

/**
 * What the definition of loyal may ask: `<element>.bond`, `.mood`, `.drop`, `.confidence` and `.evidence`, `overall`; the `channels` with evidence, and
 * `channels.count`; `purchases.count`, and if the model has a rhythm and the customer a purchase, `purchases.usualDays`, `.silentDays`, `.chance` and
 * `.surprise`.
 */
export const loyalFields: readonly Field[] = [
  ...elements.flatMap((element) => ofElement.map((part): Field => ({ name: `${element}.${part}`, type: 'number' }))),
  { name: 'overall', type: 'number' },
  { name: 'channels', type: 'texts', choices: channels },
  { name: 'channels.count', type: 'number' },
  { name: 'purchases.count', type: 'number' },
  ...ofSilence.map((part): Field => ({ name: `purchases.${part}`, type: 'number' })),
];

export const loyalCatalogue: Catalogue = catalogueOf(loyalFields);

/** What is known of a customer at an instant, by the name of the field. Null without a value. */
export function customerFieldsAt(model: Model, state: State, at: number): ReadonlyMap<string, unknown> {
  const scores = scoresAt(model, state, at);
  const silence = silenceAt(model, state, at);
  const met = channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
  return new Map<string, unknown>([
    ...elements.flatMap((element) =>
      ofElement.map((part) => [`${element}.${part}`, scores.elements[element][part]] as const),
    ),
    ['overall', scores.overall],
    ['channels', met],
    ['channels.count', met.length],
    ['purchases.count', numberAt(state, purchaseCount)],
    ...ofSilence.map((part) => [`purchases.${part}`, silence?.[part] ?? null] as const),
  ]);
}
