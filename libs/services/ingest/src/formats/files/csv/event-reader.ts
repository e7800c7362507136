import { type AmountInCurrency, inOneCurrency, maxViolations, type Violation } from '@sestante/contracts';
import { eventOf } from '../event.ts';
import { type CellKind, type CellStyle, kindOf, vocabularyFieldsOf, valueOf } from './cell-value.ts';
import type { Column, FixedValue } from './columns.ts';
import { bare, isList, type TargetField, pathOf } from './target-field.ts';

/** A line of cells, with its number in the file. */
export interface CsvRecord {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface EventReaderOptions {
  readonly columns: readonly Column[];
  readonly fixed: readonly FixedValue[];
  readonly style: CellStyle;
  /** Builds the message id from the cells of the first line; undefined if the mapping has no template. */
  readonly messageIdOf: ((cellAt: (name: string) => string) => string | undefined) | undefined;
}

/** The event of one or more lines with the violations of their cells, or the reason why they cannot be read. */
export type EventOfRecords =
  | { readonly event: Readonly<Record<string, unknown>>; readonly violations: readonly Violation[] }
  | { readonly code: string; readonly reason: string };

type Fields = Record<string, unknown>;
/** A column that is not ignored, and its index. */
interface ReadColumn {
  readonly target: TargetField;
  readonly index: number;
}

/** The size of the cache of kinds per activity. A file contains few activities. */
const mostRemembered = 100;

/** Builds events from the cells of a file. An empty cell has no value. */
export class EventReader {
  private readonly own: readonly ReadColumn[];
  private readonly inner: readonly ReadColumn[];
  private readonly listed: readonly ReadColumn[];
  private readonly bySpelling: ReadonlyMap<string, ReadColumn>;
  private readonly fixedWithin: readonly FixedValue[];
  private readonly kinds = new Map<string, readonly CellKind[]>();

  constructor(private readonly options: EventReaderOptions) {
    const read = options.columns.flatMap((target, index) => (target ? [{ target, index }] : []));
    this.own = read.filter(({ target }) => target.length === 1);
    this.listed = read.filter(({ target }) => target.some(isList));
    this.inner = read.filter(({ target }) => target.length > 1 && !target.some(isList));
    this.bySpelling = new Map([...this.own, ...this.inner].map((column) => [pathOf(column.target), column]));
    this.fixedWithin = options.fixed.filter(({ target }) => target.length > 1);
  }

  /** Builds one event. Each line has one item of each list. Other fields must be equal in all lines; the first non-empty cell is used. */
  read(records: readonly CsvRecord[]): EventOfRecords {
    const violations: Violation[] = [];
    const amounts: AmountInCurrency[] = [];
    const addViolation = (violation: Violation) =>
      void (violations.length < maxViolations && violations.push(violation));
    const own = this.ownFieldsOf(records);
    if (own === undefined) return { code: 'timestamp-invalid', reason: 'timestamp does not match dayFormat' };
    // The own fields first: the activity determines the kinds of the properties.
    const event: Fields = { ...eventOf(own) };
    const kinds = this.kindsFor(event);
    for (const column of this.inner)
      this.put(cellOf(records, column), { into: event, column, kinds, addViolation, amounts });
    for (const { target, value } of this.fixedWithin) parentIn(event, target)[target.at(-1)!] = value;
    if (this.listed.length > 0)
      for (const record of records) this.addItems(record, { into: event, kinds, addViolation, amounts });
    if (amounts.length > 0 && Object.hasOwn(vocabularyFieldsOf(event), 'currency')) {
      const { properties, violations: others } = inOneCurrency(event['properties'] as Fields, amounts);
      event['properties'] = properties;
      for (const violation of others) addViolation(violation);
    }
    if (records.length > 1)
      for (const column of [...this.own, ...this.inner]) reportDifference(records, column, addViolation);
    return { event, violations };
  }

  private ownFieldsOf(records: readonly CsvRecord[]): Fields | undefined {
    const { fixed, messageIdOf, style } = this.options;
    const own: Fields = {};
    for (const column of this.own) {
      const cell = cellOf(records, column);
      const name = column.target[0]!;
      // Only a timestamp may have two columns: a date and a time of day.
      if (cell !== '') own[name] = own[name] === undefined ? cell : `${String(own[name])} ${cell}`;
    }
    for (const { target, value } of fixed) if (target.length === 1) own[target[0]!] = value;
    const messageId = messageIdOf?.((name) => cellOf(records, this.bySpelling.get(name)!));
    if (messageId !== undefined) own['messageId'] = messageId;
    if (!style.readDay || typeof own['timestamp'] !== 'string') return own;
    const timestamp = style.readDay(own['timestamp']);
    return timestamp === undefined ? undefined : { ...own, timestamp };
  }

  private kindsFor(event: Fields): readonly CellKind[] {
    const name = `${String(event['type'])} ${String(event['event'])}`;
    const remembered = this.kinds.get(name);
    if (remembered) return remembered;
    const fields = vocabularyFieldsOf(event);
    const kinds = this.options.columns.map((target) => (target && target.length > 1 ? kindOf(target, fields) : 'text'));
    if (this.kinds.size < mostRemembered) this.kinds.set(name, kinds);
    return kinds;
  }

  private put(cell: string, { into, column: { target, index }, kinds, addViolation, amounts, path }: Put): void {
    if (cell === '') return;
    const read = valueOf(cell, kinds[index]!, this.options.style);
    const field = path ?? pathOf(target);
    if ('value' in read) {
      const [holder, name] = [parentIn(into, target), target.at(-1)!];
      holder[name] = read.value;
      if (read.currencies) amounts.push({ holder, field: name, path: field, currencies: read.currencies });
      return;
    }
    addViolation({ ...read.wrong, field, reason: `${field} ${read.wrong.reason}` });
  }

  private addItems(record: CsvRecord, { into, kinds, addViolation, amounts }: Omit<Put, 'column' | 'path'>): void {
    const items = new Map<string, { readonly item: Fields; readonly path: string }>();
    for (const { target, index } of this.listed) {
      const cell = record.cells[index]!;
      if (cell.trim() === '') continue;
      const at = target.findIndex(isList);
      const list = target.slice(0, at + 1);
      const { item, path } = items.get(pathOf(list)) ?? newItem(into, list);
      items.set(pathOf(list), { item, path });
      const inItem = target.slice(at + 1);
      this.put(cell, {
        into: item,
        column: { target: inItem, index },
        kinds,
        addViolation,
        amounts,
        path: `${path}.${inItem.join('.')}`,
      });
    }
  }
}

interface Put {
  readonly into: Fields;
  readonly column: ReadColumn;
  readonly kinds: readonly CellKind[];
  readonly addViolation: (violation: Violation) => void;
  /** Amounts with a currency in their cell. */
  readonly amounts: AmountInCurrency[];
  readonly path?: string;
}

/** The first non-empty cell of a column. */
function cellOf(records: readonly CsvRecord[], { index }: ReadColumn): string {
  const [first] = records as readonly [CsvRecord];
  if (records.length === 1) return first.cells[index]!;
  return records.find(({ cells }) => cells[index]!.trim() !== '')?.cells[index] ?? first.cells[index]!;
}

function reportDifference(records: readonly CsvRecord[], column: ReadColumn, addViolation: Put['addViolation']): void {
  const first = cellOf(records, column).trim();
  const other = records.find(({ cells }) => !['', first].includes(cells[column.index]!.trim()));
  if (!other) return;
  const field = pathOf(column.target);
  const reason = `line ${other.number} has another ${field} than the lines before it, which form one event: the first value was used`;
  addViolation({ code: 'lines-differ', field, reason, given: other.cells[column.index] });
}

function newItem(into: Fields, list: TargetField): { readonly item: Fields; readonly path: string } {
  const name = bare(list.at(-1)!);
  const parent = parentIn(into, list);
  const items = (parent[name] ??= []) as Fields[];
  const item = {};
  items.push(item);
  return { item, path: `${[...list.slice(1, -1), name].join('.')}[${items.length - 1}]` };
}

/** The object that contains the last step of a path. */
function parentIn(event: Fields, target: TargetField): Fields {
  return target.slice(0, -1).reduce<Fields>((outer, step) => {
    if (!Object.hasOwn(outer, step)) outer[step] = {};
    return outer[step] as Fields;
  }, event);
}
