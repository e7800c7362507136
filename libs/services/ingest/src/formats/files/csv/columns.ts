import { Problem } from '@sestante/runtime';
import type { Mapping } from '../mapping.ts';
import { namesIn } from './message-id.ts';
import { timeNamesIn } from '../../../judge/time/time-names.ts';
import { collide, isTimestamp, isUsable, type TargetField, targetFieldOf, pathOf, timestamp } from './target-field.ts';

/** The most columns of a file. */
export const mostColumns = 1_000;

/** The target field of a column; undefined if the column is ignored. */
export type Column = TargetField | undefined;

/** A fixed value of every event of the file. */
export interface FixedValue {
  readonly target: TargetField;
  readonly value: string | number | boolean;
}

type ColumnMapping = Pick<Mapping, 'columns' | 'otherColumns' | 'values' | 'groupBy' | 'messageId'>;

/**
 * The target fields of the columns of a header, by the mapping or by their names. Throws `Problem` 400 with the numbers of columns instead of their
 * names, because the first line of a file without a header is personal data.
 */
export function columnsOf(header: readonly string[], mapping: ColumnMapping): readonly Column[] {
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
    if (other !== -1)
      throw wrong(
        `columns ${other + 1} and ${index + 1} have the same target field, use a mapping to distinguish them`,
      );
    const value = fixed.find(({ target }) => collide(target, column));
    if (value)
      throw wrong(`column ${index + 1} and the fixed value of ${pathOf(value.target)} have the same target field`);
  }
  assertNamesEvent([...columns, ...fixed.map(({ target }) => target)]);
  for (const target of fieldsRequiredBy(mapping))
    if (!columns.some((column) => column && pathOf(column) === pathOf(target)))
      throw wrong(`the mapping needs a column for ${pathOf(target)}, which is missing`);
  return columns;
}

export function fixedValuesOf({ values }: Pick<Mapping, 'values'>): readonly FixedValue[] {
  return Object.entries(values).map(([name, value]) => ({ target: targetFieldOf(name), value }));
}

/** In a mapping, the second of two columns `Text` is called `Text_2`. */
function numbered(names: readonly string[], { columns }: ColumnMapping): readonly string[] {
  const mapped = new Set(Object.keys(columns).map(plain));
  return names.map((name, index) => {
    const nth = `${name}_${names.slice(0, index + 1).filter((one) => one === name).length}`;
    return mapped.has(nth) && !names.includes(nth) ? nth : name;
  });
}

/** A column that was renamed in the shop's system would otherwise be ignored silently. */
function assertAllThere(names: readonly string[], { columns }: ColumnMapping): void {
  for (const [name, field] of Object.entries(columns))
    if (field !== null && !names.includes(plain(name))) throw wrong(`the column "${name}" of the mapping is missing`);
}

function columnOf(name: string, { columns, otherColumns }: ColumnMapping): Column {
  const mapped = Object.entries(columns).find(([one]) => plain(one) === name);
  if (mapped) return mapped[1] === null ? undefined : targetFieldOf(mapped[1]);
  return otherColumns === 'read' ? targetFieldOf(name) : undefined;
}

/**
 * Adds the timestamp column, if it has another name than `timestamp`. Date and time of day may be in two columns.
 */
function withTime(
  names: readonly string[],
  columns: readonly Column[],
  fixed: readonly FixedValue[],
): readonly Column[] {
  if ([...columns, ...fixed.map(({ target }) => target)].some((target) => target && isTimestamp(target)))
    return columns;
  const isFree = (name: string, index: number) => columns[index]?.join('.') === `properties.${name}`;
  const times = timeNamesIn(names.filter(isFree));
  return columns.map((column, index) => (times.includes(names[index]!) && column ? timestamp : column));
}

/** Two timestamp columns do not collide: they are a date and a time of day. */
const collides = (one: TargetField, other: TargetField) => collide(one, other) && !isTimestamp(one);

function whyUnusable(index: number, target: TargetField): string {
  const isNumbered = target.some((step) => /\[\d+\]$/.test(step));
  const hint = isNumbered ? ': a line has one item of a list, such as products[].sku' : '';
  return `column ${index + 1} has an invalid name${hint}`;
}

function assertNamesEvent(columns: readonly Column[]): void {
  const names = columns.some((column) => column?.length === 1 && ['event', 'type'].includes(column[0]!));
  if (!names) throw wrong('a column `event` or `type` is required');
}

/** The fields that the ids and groups of a mapping are made of. */
export function fieldsRequiredBy({
  groupBy,
  messageId,
}: Pick<Mapping, 'groupBy' | 'messageId'>): readonly TargetField[] {
  return [...(groupBy === null ? [] : groupFields(groupBy)), ...namesIn(messageId ?? '')].map(targetFieldOf);
}

/** The fields by which lines are grouped: one, or several in braces, such as `{store_id}/{order_id}`. */
export function groupFields(groupBy: string): readonly string[] {
  const names = namesIn(groupBy);
  return names.length > 0 ? names : [groupBy];
}

/** NFC, because an umlaut has two encodings. */
const plain = (name: string) => name.trim().normalize('NFC');

const wrong = (why: string) =>
  new Problem(
    400,
    'header-invalid',
    `The header is invalid: ${why}. The first line must contain the names of the columns.`,
  );
