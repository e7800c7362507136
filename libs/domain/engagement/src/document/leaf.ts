import type { Place } from './place.ts';
import { fault, isGiven } from './place.ts';

/** Which numbers are allowed, as a test and in words. */
export interface Bound {
  readonly words: string;
  readonly holds: (value: number) => boolean;
}

export const anyNumber: Bound = { words: 'a number', holds: () => true };
export const positive: Bound = { words: 'a number above 0', holds: (value) => value > 0 };
export const weight: Bound = {
  words: 'a number above 0 and at most 100',
  holds: (value) => value > 0 && value <= 100,
};
export const proportion: Bound = { words: 'a number from 0 to 1', holds: (value) => value >= 0 && value <= 1 };
export const strictProportion: Bound = {
  words: 'a number above 0 and below 1',
  holds: (value) => value > 0 && value < 1,
};

/** The finite number here; anything else, or a number out of bounds, is a fault (and reads as NaN). */
export function numberIn(place: Place, bound: Bound): number {
  const { value } = place;
  if (typeof value === 'number' && Number.isFinite(value) && bound.holds(value)) return value;
  fault(place, isGiven(place) ? `must be ${bound.words}` : 'is missing');
  return Number.NaN;
}

/** The text here; anything else, or a text of blanks, is a fault (and reads as ''). */
export function textIn(place: Place): string {
  const { value } = place;
  if (typeof value === 'string' && value.trim() !== '') return value;
  fault(place, isGiven(place) ? 'must be a text that is not empty' : 'is missing');
  return '';
}

/** The word here, which must be one of `words`; anything else is a fault (and reads as the first). */
export function wordIn<Word extends string>(place: Place, words: readonly [Word, ...Word[]]): Word {
  const word = words.find((candidate) => candidate === place.value);
  if (word !== undefined) return word;
  fault(place, isGiven(place) ? `must be one of ${words.join(', ')}` : 'is missing');
  return words[0];
}
