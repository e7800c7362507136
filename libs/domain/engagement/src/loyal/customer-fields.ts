import { channels } from '../activity.ts';
import { elements } from '../element.ts';
import type { Model } from '../model/model.ts';
import type { Silence } from '../rhythm/silence.ts';
import { scoreParts, silenceParts } from '../rules/loyal-rule.ts';
import { silenceAt } from '../scores/observed-rhythm.ts';
import { type Scores, scoresAt } from '../scores/scores-at.ts';
import { channelCount, purchaseCount } from '../state/layout.ts';
import { numberAt, type State } from '../state/state.ts';

/** What is known of a customer at an instant. */
export interface Known {
  readonly state: State;
  readonly scores: Scores;
  readonly silence: Silence | null;
}

export function knownAt(model: Model, state: State, at: number): Known {
  return { state, scores: scoresAt(model, state, at), silence: silenceAt(model, state, at) };
}

/** Reads each of `loyalFields`; null without a value. */
export const customerFields: ReadonlyMap<string, (known: Known) => unknown> = new Map<
  string,
  (known: Known) => unknown
>([
  ...elements.flatMap((element) =>
    scoreParts.map((part) => [`${element}.${part}`, ({ scores }: Known) => scores.elements[element][part]] as const),
  ),
  ['overall', ({ scores }: Known) => scores.overall] as const,
  ['channels', metChannels] as const,
  ['channels.count', (known: Known) => metChannels(known).length] as const,
  ['purchases.count', ({ state }: Known) => numberAt(state, purchaseCount)] as const,
  ...silenceParts.map((part) => [`purchases.${part}`, ({ silence }: Known) => silence?.[part] ?? null] as const),
]);

/** The channels with evidence. */
function metChannels({ state }: Known): string[] {
  return channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
}
