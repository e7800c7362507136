import { Problem } from '@sestante/runtime';
import type { Mapping } from '../mappings/mapping.ts';
import { namesIn } from './message-id.ts';
import { collide, isUsable, type Place, placeNamed, spelt } from './place.ts';

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
  const names = header.map((name, index) => plain(name) || `column_${index + 1}`);
  assertAllThere(names, mapping);
  const columns = names.map((name) => columnOf(name, mapping));
  const fixed = fixedValuesOf(mapping);
  for (const [index, column] of columns.entries()) {
    if (!column) continue;
    if (!isUsable(column)) throw wrong(`column ${index + 1} has a name that cannot be used`);
    const other = columns.findIndex((one, before) => before < index && one && collide(one, column));
    if (other !== -1) throw wrong(`columns ${other + 1} and ${index + 1} mean the same`);
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

function assertNamesEvent(columns: readonly Column[]): void {
  const names = columns.some((column) => column?.length === 1 && ['event', 'type'].includes(column[0]!));
  if (!names) throw wrong('none of them is `event` or `type`');
}

/** The fields of which a mapping makes ids and groups. */
export function placesNeededBy({ groupBy, messageId }: Pick<Mapping, 'groupBy' | 'messageId'>): readonly Place[] {
  return [...(groupBy === null ? [] : [groupBy]), ...namesIn(messageId ?? '')].map(placeNamed);
}

/** An umlaut may be written in two ways. */
const plain = (name: string) => name.trim().normalize('NFC');

const wrong = (why: string) => new Problem(400, 'header-invalid', `The first line must name the columns: ${why}.`);
