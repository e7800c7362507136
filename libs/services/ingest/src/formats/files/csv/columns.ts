import { Problem } from '@sestante/runtime';
import type { Mapping } from '../mapping.ts';
import { namesIn } from './message-id.ts';
import { timeNamesIn } from '../../../judge/time/time-names.ts';
import { collide, isTimestamp, isUsable, type Place, placeNamed, spelt, timestamp } from './place.ts';

/** The most columns of a file. */
export const mostColumns = 1_000;

/** Where the cells of a column go; undefined where they are left out. */
export type Column = Place | undefined;

/** What every event of the file says at a place. */
export interface FixedValue {
  readonly place: Place;
  readonly value: string | number | boolean;
}

type Meaning = Pick<Mapping, 'columns' | 'otherColumns' | 'values' | 'groupBy' | 'messageId'>;

/**
 * What the columns of a header mean by the mapping, or by their names. Throws `Problem` 400, which names columns by their numbers: a file without
 * a header begins with somebody's data.
 */
export function columnsOf(header: readonly string[], mapping: Meaning): readonly Column[] {
  if (header.length > mostColumns) throw wrong(`there are more than ${mostColumns} columns`);
  const names = numbered(
    header.map((name, index) => plain(name) || `column_${index + 1}`),
    mapping,
  );
  assertAllThere(names, mapping);
  const fixed = fixedValuesOf(mapping);
  const columns = withTime(
    names,
    names.map((name) => columnOf(name, mapping)),
    fixed,
  );
  for (const [index, column] of columns.entries()) {
    if (!column) continue;
    if (!isUsable(column)) throw wrong(whyUnusable(index, column));
    const other = columns.findIndex((one, before) => before < index && one && collides(one, column));
    if (other !== -1) throw wrong(`columns ${other + 1} and ${index + 1} mean the same: a mapping can tell them apart`);
    const value = fixed.find(({ place }) => collide(place, column));
    if (value) throw wrong(`column ${index + 1} and the fixed value of ${spelt(value.place)} mean the same`);
  }
  assertNamesEvent([...columns, ...fixed.map(({ place }) => place)]);
  for (const place of placesNeededBy(mapping))
    if (!columns.some((column) => column && spelt(column) === spelt(place)))
      throw wrong(`the mapping needs a column for ${spelt(place)}, and there is none`);
  return columns;
}

export function fixedValuesOf({ values }: Pick<Mapping, 'values'>): readonly FixedValue[] {
  return Object.entries(values).map(([name, value]) => ({ place: placeNamed(name), value }));
}

/** A mapping names the second of two columns `Text` as `Text_2`. */
function numbered(names: readonly string[], { columns }: Meaning): readonly string[] {
  const said = new Set(Object.keys(columns).map(plain));
  return names.map((name, index) => {
    const nth = `${name}_${names.slice(0, index + 1).filter((one) => one === name).length}`;
    return said.has(nth) && !names.includes(nth) ? nth : name;
  });
}

/** A column that the shop's system has renamed would be missing without a word. */
function assertAllThere(names: readonly string[], { columns }: Meaning): void {
  for (const [name, field] of Object.entries(columns))
    if (field !== null && !names.includes(plain(name)))
      throw wrong(`the mapping names the column "${name}", and there is none`);
}

function columnOf(name: string, { columns, otherColumns }: Meaning): Column {
  const said = Object.entries(columns).find(([one]) => plain(one) === name);
  if (said) return said[1] === null ? undefined : placeNamed(said[1]);
  return otherColumns === 'read' ? placeNamed(name) : undefined;
}

/**
 * Columns that are read by their names with that of the time, where it is not called `timestamp`; a day and a time of the day may stand in two.
 */
function withTime(
  names: readonly string[],
  columns: readonly Column[],
  fixed: readonly FixedValue[],
): readonly Column[] {
  if ([...columns, ...fixed.map(({ place }) => place)].some((place) => place && isTimestamp(place))) return columns;
  const isFree = (name: string, index: number) => columns[index]?.join('.') === `properties.${name}`;
  const times = timeNamesIn(names.filter(isFree));
  return columns.map((column, index) => (times.includes(names[index]!) && column ? timestamp : column));
}

/** A day and a time of the day make one timestamp. */
const collides = (one: Place, other: Place) => collide(one, other) && !isTimestamp(one);

function whyUnusable(index: number, place: Place): string {
  const isNumbered = place.some((step) => /\[\d+\]$/.test(step));
  const hint = isNumbered ? ': of a list, a line has one item, such as products[].sku' : '';
  return `column ${index + 1} has a name that cannot be used${hint}`;
}

function assertNamesEvent(columns: readonly Column[]): void {
  const names = columns.some((column) => column?.length === 1 && ['event', 'type'].includes(column[0]!));
  if (!names) throw wrong('none of them is `event` or `type`');
}

/** The fields of which a mapping makes ids and groups. */
export function placesNeededBy({ groupBy, messageId }: Pick<Mapping, 'groupBy' | 'messageId'>): readonly Place[] {
  return [...(groupBy === null ? [] : groupFields(groupBy)), ...namesIn(messageId ?? '')].map(placeNamed);
}

/** The fields by which lines are grouped: one, or several in braces, such as `{store_id}/{order_id}`. */
export function groupFields(groupBy: string): readonly string[] {
  const names = namesIn(groupBy);
  return names.length > 0 ? names : [groupBy];
}

/** An umlaut may be written in two ways. */
const plain = (name: string) => name.trim().normalize('NFC');

const wrong = (why: string) => new Problem(400, 'header-invalid', `The first line must name the columns: ${why}.`);
