import type { Channel } from '../activity.ts';
import type { Element, Scale } from '../element.ts';
import { channels } from '../activity.ts';
import { elements, scales } from '../element.ts';

/**
 * Where each number of a state stands. W is a sum of weights, V of weights times valences, both brought to the reference instant.
 *
 *      0        the reference instant: the latest evidence, in milliseconds since 1970
 *      1 ..  6  how many activities gave evidence for each element
 *      7 .. 11  how many activities gave evidence in each channel
 *     12 .. 33  bond: W, V of each element, then W, V of each channel
 *     34 .. 55  mood: the same
 *
 * Elements, channels and scales stand in the order of their lists. Stored states depend on all of it: it only changes with a migration.
 */
const pairsInScale = elements.length + channels.length;
const firstElementCount = 1;
const firstChannelCount = firstElementCount + elements.length;
const firstSum = firstChannelCount + channels.length;

/** How many numbers a state has. */
export const stateLength = firstSum + scales.length * 2 * pairsInScale;

export const referenceAt = 0;
export const elementCount: Readonly<Record<Element, number>> = places(elements, firstElementCount, 1);
export const channelCount: Readonly<Record<Channel, number>> = places(channels, firstChannelCount, 1);

/** Where the sums of a scale stand: from `start` up to, not including, `end`; a pair's W at its index, its V one further. */
export interface ScaleLayout {
  readonly start: number;
  readonly end: number;
  readonly element: Readonly<Record<Element, number>>;
  readonly channel: Readonly<Record<Channel, number>>;
}

export const scaleLayout: Readonly<Record<Scale, ScaleLayout>> = {
  bond: layoutFrom(firstSum),
  mood: layoutFrom(firstSum + 2 * pairsInScale),
};

function layoutFrom(start: number): ScaleLayout {
  return {
    start,
    end: start + 2 * pairsInScale,
    element: places(elements, start, 2),
    channel: places(channels, start + 2 * elements.length, 2),
  };
}

function places<Name extends string>(names: readonly Name[], first: number, width: number): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index * width])) as Record<Name, number>;
}
