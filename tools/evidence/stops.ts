import { before, type Household } from './households.ts';

export const dayMs = 86_400_000;
/** Twelve weeks: the time in which a household must have been active, and then the time in which it may stop. */
export const periodMs = 84 * dayMs;

/** A question about the future: who of the active households stops? */
export interface Split {
  /** The instant up to which the scores know everything. */
  readonly at: number;
  /** The end of the time in which a household may stop. */
  readonly until: number;
}

/** A household that was active before the split, and what it did then. */
export interface Case {
  /** As it was known at the split. */
  readonly household: Household;
  /** Whether it had no basket from the split to its end. */
  readonly hasStopped: boolean;
}

/** The last twelve weeks are held out. Models are chosen on the twelve weeks before them. */
export function splitsBefore(at: number): { readonly chosenOn: Split; readonly heldOut: Split } {
  const heldOut = at - periodMs;
  return { chosenOn: { at: heldOut - periodMs, until: heldOut }, heldOut: { at: heldOut, until: at } };
}

/** The households with a basket in the twelve weeks before the split. */
export function casesOf(households: readonly Household[], { at, until }: Split): Case[] {
  return households.flatMap((whole) => {
    const household = before(whole, at);
    if ((household.baskets.at(-1) ?? Number.NEGATIVE_INFINITY) < at - periodMs) return [];
    return [{ household, hasStopped: !whole.baskets.some((basket) => basket >= at && basket < until) }];
  });
}
