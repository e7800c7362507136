import { fault, itemsOf, type Place } from './place.ts';

/** Both bounds are allowed values. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The finite number here; anything else, or a number out of range, is a fault (and reads as NaN). */
export function numberIn(place: Place, { least, most }: Range): number {
  const { value } = place;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  fault(place, `must be a number from ${least} to ${most}`);
  return Number.NaN;
}

/** The whole number from 1, or from `least`, here; anything else is a fault (and reads as NaN). */
export function countIn(place: Place, most: number, least = 1): number {
  const { value } = place;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  fault(place, `must be a whole number from ${least} to ${most}`);
  return Number.NaN;
}

/** The text here, not blank; anything else, or a longer text, is a fault (and reads as ''). */
export function textIn(place: Place, longest: number): string {
  const { value } = place;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest) return value;
  fault(place, `must be a text of 1 to ${longest} characters`);
  return '';
}

/** The word here, one of `words`; anything else is a fault (and reads as the first). */
export function wordIn<Word extends string>(place: Place, words: readonly [Word, ...Word[]]): Word {
  const word = words.find((candidate) => candidate === place.value);
  if (word === undefined) fault(place, `must be one of ${words.join(', ')}`);
  return word ?? words[0];
}

/** The yes or no here; anything else is a fault (and reads as true). */
export function booleanIn(place: Place): boolean {
  if (typeof place.value !== 'boolean') fault(place, 'must be true or false');
  return place.value !== false;
}

/** The different texts of the list here; a text that stands twice is a fault. */
export function textsIn(place: Place, readText: (item: Place) => string): string[] {
  const items = itemsOf(place);
  for (const [index, item] of items.entries()) {
    if (items.findIndex(({ value }) => value === item.value) < index) fault(item, 'stands there twice');
  }
  return items.map(readText);
}
