import { type Channel, channels } from '../activity.ts';
import { byElement, type Element, type Scale } from '../element.ts';
import type { Model } from '../model/model.ts';
import { weightOutsideDominant } from '../scores/channel-spread.ts';
import type { Sums } from '../scores/formula.ts';
import { amountFactor, elementSums, evidenceCount, type View } from '../scores/view.ts';
import {
  channelCount,
  firstPurchaseAt,
  hasPurchase,
  lastPurchaseAt,
  purchaseCount,
  referenceIndex,
  scaleLayout,
} from '../state/layout.ts';
import { latestActivityAt, numberAt, type State } from '../state/state.ts';

/** All that the scores of a customer need, with the sums brought to one fixed instant: the landmark, which is the same for all customers. */
export interface LandmarkSums {
  /** The instant of the latest evidence; undefined without any. In milliseconds since 1970, as all instants here. */
  readonly latestAt: number | undefined;
  /** The sums of the signals, amounts included, without rhythm and spread. */
  readonly elements: Readonly<Record<Scale, Readonly<Record<Element, Sums>>>>;
  /** The number of activities that count for each element. */
  readonly evidence: Readonly<Record<Element, number>>;
  /** The channels with evidence, with the sums of the signals for all elements. */
  readonly channels: Readonly<Record<Scale, ChannelSums>>;
  /** `count` may be 0: of purchases that were told, none may count. Null if none was told. */
  readonly purchases: { readonly count: number; readonly firstAt: number; readonly lastAt: number } | null;
}

export interface ChannelSums {
  readonly met: ReadonlyMap<Channel, Sums>;
  /** The weight of all channels but that with the most. */
  readonly outsideDominant: number;
}

/** Sums below this are stored as 0. They move no score by a visible amount, and their products would be too small for a number. */
const negligible = 1e-100;

/**
 * The sums of a state at a landmark, in milliseconds since 1970. A sum that is multiplied by `factorSince` the landmark is the sum at another instant, which is not before
 * the latest evidence (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009). Amounts need no part of it: the usual amount and the sums that it
 * divides decay alike, so its factor is the same at every instant.
 */
export function sumsAtLandmark(model: Model, state: State, landmark: number): LandmarkSums {
  const viewOf = (scale: Scale): View => {
    const decayFactor = factorSince(model.halfLives[scale], numberAt(state, referenceIndex), landmark);
    return { model, state, scale, at: landmark, decayFactor, silenceFactor: undefined };
  };
  const [bond, mood] = [viewOf('bond'), viewOf('mood')];
  const hasNone = numberAt(state, hasPurchase) === 0;
  return {
    latestAt: latestActivityAt(state),
    elements: { bond: elementsIn(bond), mood: elementsIn(mood) },
    evidence: byElement((element) => evidenceCount(state, element)),
    channels: { bond: channelsIn(bond), mood: channelsIn(mood) },
    purchases: hasNone
      ? null
      : {
          count: numberAt(state, purchaseCount),
          firstAt: numberAt(state, firstPurchaseAt),
          lastAt: numberAt(state, lastPurchaseAt),
        },
  };
}

/**
 * By what the sums of a landmark are multiplied to be those of an instant: 2^((landmark − at) / halfLife), above 1 for an instant before the landmark. All in
 * milliseconds. Finite, and not 0, for less than 1,000 half-lives between them; it stays that of 1,000 beyond.
 */
export function factorSince(halfLife: number, landmark: number, at: number): number {
  return 2 ** Math.min(1_000, Math.max(-1_000, (landmark - at) / halfLife));
}

function elementsIn(view: View): Record<Element, Sums> {
  return byElement((element) => withoutNegligible(elementSums(view, element, amountFactor(view, element))));
}

/** A channel with less than 1e-40 of the evidence is as good as one without. */
function channelsIn(view: View): ChannelSums {
  const { state, scale, decayFactor } = view;
  const met = channels.filter((channel) => numberAt(state, channelCount[channel]) > 0);
  const sums = met.map((channel) => {
    const index = scaleLayout[scale].channel[channel];
    return { weight: numberAt(state, index) * decayFactor, good: numberAt(state, index + 1) * decayFactor };
  });
  const total = sums.reduce((sum, { weight }) => sum + weight, 0);
  const least = Math.max(negligible, total * 1e-40);
  const kept = sums.map((one) => withoutNegligible(one, least));
  return {
    met: new Map(met.map((channel, index) => [channel, kept[index]!])),
    outsideDominant: weightOutsideDominant(kept),
  };
}

function withoutNegligible({ weight, good }: Sums, least = negligible): Sums {
  return { weight: weight < least ? 0 : weight, good: good < negligible || weight < least ? 0 : good };
}
