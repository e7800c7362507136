import type { Channel } from '../activity.ts';
import type { Element, Scale } from '../element.ts';
import { channels } from '../activity.ts';
import { elements, scales } from '../element.ts';

/**
 * The index of each number of a state. W is a sum of weights, V of weights times valences, both decayed to the reference instant.
 *
 *      0        the reference instant: the latest evidence, in milliseconds since 1970
 *      1 ..  6  the number of activities with evidence for each element
 *      7 .. 11  the number of activities with evidence in each channel
 *     12 .. 33  bond: W, V of each element, then W, V of each channel
 *     34 .. 55  mood: the same
 *
 * Elements, channels and scales have the order of their lists. Stored states depend on the layout: a change needs a migration.
 */
const pairsInScale = elements.length + channels.length;
const firstElementCount = 1;
const firstChannelCount = firstElementCount + elements.length;
const firstSum = firstChannelCount + channels.length;

/** The length of a state. */
export const stateLength = firstSum + scales.length * 2 * pairsInScale;

export const referenceIndex = 0;
export const elementCount: Readonly<Record<Element, number>> = indexesOf(elements, firstElementCount, 1);
export const channelCount: Readonly<Record<Channel, number>> = indexesOf(channels, firstChannelCount, 1);

/** The indexes of the sums of a scale: from `start` up to, not including, `end`. W is at the index of its pair, V at the next index. */
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
    element: indexesOf(elements, start, 2),
    channel: indexesOf(channels, start + 2 * elements.length, 2),
  };
}

function indexesOf<Name extends string>(names: readonly Name[], first: number, width: number): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, first + index * width])) as Record<Name, number>;
}
