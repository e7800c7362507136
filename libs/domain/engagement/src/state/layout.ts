import type { Channel } from '../activity.ts';
import type { Element, Scale } from '../element.ts';
import { channels } from '../activity.ts';
import { elements } from '../element.ts';

/**
 * The index of each number of a state. W is a sum of weights, V of weights times valences, both decayed to the reference instant. P, A and G are the sums of
 * the signals with an amount: of their weights, of weights times amounts, and of weights times amounts times valences.
 *
 *      0        the reference instant: the latest evidence, in milliseconds since 1970
 *      1 ..  6  the number of activities that count for each element
 *      7 .. 11  the number of activities that count in each channel
 *     12        the number of purchases
 *     13        1 if a purchase was told, otherwise 0
 *     14 .. 15  the instants of the first and of the last telling of a purchase, in milliseconds since 1970; 0 without one
 *     16 .. 17  the number of signals with an amount, and of purchases with one
 *     18 .. 39  bond: W, V of each element, then W, V of each channel
 *     40 .. 61  mood: the same
 *     62 .. 81  bond: the number and the sum of the amounts of purchases, then P, A, G of each element
 *     82 .. 99  mood: P, A, G of each element
 *
 * Elements, channels and scales have the order of their lists. Stored states depend on the layout: a change needs a migration.
 */
const pairsInScale = elements.length + channels.length;
const firstElementCount = 1;
const firstChannelCount = firstElementCount + elements.length;
const firstPurchase = firstChannelCount + channels.length;

export const referenceIndex = 0;
export const elementCount: Readonly<Record<Element, number>> = indexesOf(elements, firstElementCount, 1);
export const channelCount: Readonly<Record<Channel, number>> = indexesOf(channels, firstChannelCount, 1);
export const purchaseCount = firstPurchase;
export const hasPurchase = firstPurchase + 1;
export const firstPurchaseAt = firstPurchase + 2;
export const lastPurchaseAt = firstPurchase + 3;
export const amountCount = firstPurchase + 4;
export const pricedCount = firstPurchase + 5;
const firstSum = firstPurchase + 6;
const firstAmount = firstSum + 2 * 2 * pairsInScale;

/** The number of purchases with an amount, decayed like the bond. The sum of their amounts is at the next index. */
export const usualAmount = firstAmount;
const firstOfElements = firstAmount + 2;

/** The length of a state. */
export const stateLength = firstOfElements + 2 * 3 * elements.length;

/** Some sums of a scale: from `start` up to, not including, `end`. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

/** The indexes of W of each element and channel. V is at the next index. */
export interface ScaleLayout extends Block {
  readonly element: Readonly<Record<Element, number>>;
  readonly channel: Readonly<Record<Channel, number>>;
}

export const scaleLayout: Readonly<Record<Scale, ScaleLayout>> = {
  bond: layoutFrom(firstSum),
  mood: layoutFrom(firstSum + 2 * pairsInScale),
};

/** The indexes of P of each element. A and G are at the next two. The block of the bond begins with the usual amount. */
export interface AmountLayout extends Block {
  readonly element: Readonly<Record<Element, number>>;
}

export const amountLayout: Readonly<Record<Scale, AmountLayout>> = {
  bond: { start: firstAmount, end: firstOfMood(), element: indexesOf(elements, firstOfElements, 3) },
  mood: { start: firstOfMood(), end: stateLength, element: indexesOf(elements, firstOfMood(), 3) },
};

function firstOfMood(): number {
  return firstOfElements + 3 * elements.length;
}

function layoutFrom(start: number): ScaleLayout {
  return {
    start,
    end: start + 2 * pairsInScale,
    element: indexesOf(elements, start, 2),
    channel: indexesOf(channels, start + 2 * elements.length, 2),
  };
}

function indexesOf<Name extends string>(names: readonly Name[], first: number, width: number): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index * width])) as Record<Name, number>;
}
