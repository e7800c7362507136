import type { Channel, Evidence, Model, Question, Signal } from '../src/index.ts';
import { channels } from '../src/index.ts';

interface Observation {
  readonly weight: number;
  readonly valence: number;
}

/**
 * The score by the formulas of the README: directly from the evidence, without a state. The library is tested against it. No matter may be told twice.
 * null without evidence.
 */
export function scoreByHand(model: Model, evidence: readonly Evidence[], question: Question): number | null {
  const { element, scale, at } = question;
  const { base: b, strength: k } = model.priors[element];
  const known = evidence.filter((one) => one.at <= at);
  const decay = (one: Evidence, halfLife: number) => 2 ** ((one.at - at) / halfLife);
  const observe = (
    wanted: (one: Evidence, signal: Signal) => boolean,
  ): (Observation & { readonly amount: number | undefined })[] =>
    known.flatMap((one) =>
      one.signals
        .filter((signal) => wanted(one, signal))
        .map(({ weight, valence, amount }) => ({
          weight: weight * decay(one, model.halfLives[scale]),
          valence,
          amount,
        })),
    );
  const own = observe((_, signal) => signal.element === element);
  const usual = usualByHand(known, model.halfLives.bond);
  const observations: Observation[] = weighedByHand(own, usual, model.purchases.mostTimesUsual);
  if (element === 'coherence') {
    const met = channels.map((channel: Channel) => observe((one) => one.channel === channel));
    observations.push(...spreadByHand(model, met));
  }
  observations.push(...rhythmByHand(model, known, question));
  if (observations.length === 0) return null;
  return (
    (100 * (b * k + sumOf(observations, ({ weight, valence }) => weight * valence))) / (k + weightOf(observations))
  );
}

/** The customer's mean amount of a purchase; undefined if none is known. */
function usualByHand(known: readonly Evidence[], halfLife: number): number | undefined {
  const paid = known.filter(({ purchase }) => purchase?.amount !== undefined);
  if (paid.length === 0) return undefined;
  const latest = Math.max(...paid.map(({ at }) => at));
  const decay = ({ at }: Evidence) => 2 ** ((at - latest) / halfLife);
  return sumOf(paid, (one) => (one.purchase?.amount ?? 0) * decay(one)) / sumOf(paid, decay);
}

function weighedByHand(
  observations: readonly (Observation & { readonly amount: number | undefined })[],
  usual: number | undefined,
  mostTimesUsual: number,
): Observation[] {
  const paid = observations.filter(({ amount }) => amount !== undefined);
  const byAmount = sumOf(paid, ({ weight, amount }) => weight * (amount ?? 0));
  const ownMean = byAmount / weightOf(paid);
  const factor =
    byAmount === 0 ? 0 : Math.min(1 / (usual ?? ownMean), (usual === undefined ? 1 : mostTimesUsual) / ownMean);
  return observations.map(({ weight, valence, amount }) => ({
    weight: amount === undefined ? weight : weight * amount * factor,
    valence,
  }));
}

function rhythmByHand({ rhythm }: Model, known: readonly Evidence[], { element, at }: Question): Observation[] {
  const bought = known.filter(({ purchase }) => purchase !== undefined).map((one) => one.at);
  if (rhythm === undefined || rhythm.weights[element] === 0 || bought.length === 0) return [];
  const [first, last] = [Math.min(...bought), Math.max(...bought)];
  const observedDays = rhythm.rateDays + (last - first) / 86_400_000;
  const silentDays = (at - last) / 86_400_000;
  const surprise = -Math.expm1(-(rhythm.shape + bought.length - 1) * Math.log1p(silentDays / observedDays));
  return [{ weight: rhythm.weights[element] * surprise ** rhythm.sharpness, valence: rhythm.valence }];
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
  return [{ weight: ((model.channelSpread?.weight ?? 0) * outside) / (k + outside), valence: 1 - 2 * spread }];
}

const weightOf = (parts: readonly { readonly weight: number }[]) => sumOf(parts, ({ weight }) => weight);

function sumOf<Part>(parts: readonly Part[], valueOf: (part: Part) => number): number {
  return parts.reduce((sum, part) => sum + valueOf(part), 0);
}
