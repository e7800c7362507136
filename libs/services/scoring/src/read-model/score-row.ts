import {
  channels,
  type Element,
  elements,
  type LandmarkSums,
  type Model,
  scales,
  sumsAtLandmark,
} from '@sestante/engagement';
import { isErased } from '../store/erasures.ts';
import type { MemberState } from '../store/states.ts';
import { sumOf } from '../sum-of.ts';
import { channelBit } from '../store/score-columns.ts';

/** A row of `scoring.customer_score`, as far as it comes from the states of the members. */
export interface ScoreRow {
  readonly customerId: string;
  readonly latestMs: number;
  readonly firstPurchaseMs: number;
  readonly lastPurchaseMs: number;
  readonly fingerprint: number;
  /** Whether all of its members are stored for the first time. */
  readonly isNew: boolean;
  readonly purchases: number;
  readonly members: number;
  readonly channels: number;
  /** In the order of `evidenceColumns`. */
  readonly evidence: readonly number[];
  /** In the order of `elementSumColumns`. */
  readonly elementSums: readonly number[];
  /** In the order of `channelSumColumns`; undefined without evidence in at least two channels. */
  readonly channelSums: readonly number[] | undefined;
}

/** The row of a customer with these members; undefined if all of them were erased. */
export function scoreRow(
  model: Model,
  { customerId, members, landmarkMs }: { customerId: string; members: readonly MemberState[]; landmarkMs: number },
): ScoreRow | undefined {
  const present = members.filter((member) => !isErased(member));
  if (present.length === 0) return undefined;
  const state = sumOf(
    model,
    present.map((member) => member.state),
  );
  const sums = sumsAtLandmark(model, state, landmarkMs);
  const met = [...sums.channels.bond.met.keys()];
  return {
    customerId,
    latestMs: sums.latestAt ?? -Infinity,
    firstPurchaseMs: sums.purchases?.firstAt ?? -Infinity,
    lastPurchaseMs: sums.purchases?.lastAt ?? -Infinity,
    fingerprint: present.reduce((sum, { memberId, revision }) => sum + revision * (1 + lastDigits(memberId)), 0),
    isNew: present.every(({ revision }) => revision === 1),
    purchases: sums.purchases?.count ?? 0,
    members: present.length,
    channels: met.reduce((bits, channel) => bits | channelBit(channel), 0),
    evidence: elements.map((element) => sums.evidence[element]),
    elementSums: elementSumsOf(sums),
    channelSums: met.length < 2 ? undefined : channelSumsOf(sums),
  };
}

const lastDigits = (id: string) => Number.parseInt(id.slice(-7), 16);

function elementSumsOf(sums: LandmarkSums): number[] {
  return elements.flatMap((element: Element) =>
    scales.flatMap((scale) => {
      const { weight, good } = sums.elements[scale][element];
      return [weight, good];
    }),
  );
}

function channelSumsOf(sums: LandmarkSums): number[] {
  return scales.flatMap((scale) => {
    const { met, outsideDominant } = sums.channels[scale];
    const numbers = channels.flatMap((channel) => {
      const { weight, good } = met.get(channel) ?? { weight: 0, good: 0 };
      return [weight, good];
    });
    return [...numbers, outsideDominant];
  });
}
