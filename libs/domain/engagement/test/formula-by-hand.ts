import type { Channel, Evidence, Model, Question, Signal } from '../src/index.ts';
import { channels } from '../src/index.ts';

interface Observation {
  readonly weight: number;
  readonly valence: number;
}

/**
 * The score by the formula of the README: directly from the evidence, without a state. The library is tested against it.
 * null without evidence.
 */
export function scoreByHand(model: Model, evidence: readonly Evidence[], question: Question): number | null {
  const { element, scale, at } = question;
  const { base: b, strength: k } = model.priors[element];
  const known = evidence.filter((one) => one.at <= at);
  const observe = (wanted: (one: Evidence, signal: Signal) => boolean): Observation[] =>
    known.flatMap((one) =>
      one.signals
        .filter((signal) => wanted(one, signal))
        .map(({ weight, valence }) => ({ weight: weight * 2 ** ((one.at - at) / model.halfLives[scale]), valence })),
    );
  const observations = observe((_, signal) => signal.element === element);
  if (element === 'coherence') {
    const met = channels.map((channel: Channel) => observe((one) => one.channel === channel));
    observations.push(...spreadByHand(model, met));
  }
  if (observations.length === 0) return null;
  return (
    (100 * (b * k + sumOf(observations, ({ weight, valence }) => weight * valence))) / (k + weightOf(observations))
  );
}

function spreadByHand(model: Model, byChannel: readonly Observation[][]): Observation[] {
  const { base: b, strength: k } = model.priors.coherence;
  const met = byChannel.filter((observations) => observations.length > 0);
  if (met.length < 2) return [];
  const parts = met.map((observations) => {
    const weight = weightOf(observations);
    return { weight, mean: (b * k + sumOf(observations, (one) => one.weight * one.valence)) / (k + weight) };
  });
  const total = weightOf(parts) || Number.MIN_VALUE; // all decayed to 0: no spread and no weight
  const mean = sumOf(parts, (part) => part.weight * part.mean) / total;
  const spread = Math.sqrt(sumOf(parts, (part) => part.weight * (part.mean - mean) ** 2) / total);
  const [, ...outsideDominant] = parts.toSorted((one, other) => other.weight - one.weight);
  const outside = weightOf(outsideDominant);
  return [{ weight: (model.channelSpreadWeight * outside) / (k + outside), valence: 1 - 2 * spread }];
}

const weightOf = (parts: readonly { readonly weight: number }[]) => sumOf(parts, ({ weight }) => weight);

function sumOf<Part>(parts: readonly Part[], valueOf: (part: Part) => number): number {
  return parts.reduce((sum, part) => sum + valueOf(part), 0);
}
