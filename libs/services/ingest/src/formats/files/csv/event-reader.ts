import { type AmountInCurrency, inOneCurrency, maxViolations, type Violation } from '@sestante/contracts';
import { eventOf } from '../event.ts';
import { type CellKind, type CellStyle, kindOf, knownFieldsOf, valueOf } from './cell-value.ts';
import type { Column, FixedValue } from './columns.ts';
import { bare, isList, type Place, spelt } from './place.ts';

/** A line of cells, with its number in the file. */
export interface CsvRecord {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface FileMeaning {
  readonly columns: readonly Column[];
  readonly fixed: readonly FixedValue[];
  readonly style: CellStyle;
  /** The id of an event by its first cells; undefined where it has none of that kind. */
  readonly messageIdOf: ((cellAt: (name: string) => string) => string | undefined) | undefined;
}

/** The event of one or more lines and what was wrong in their cells, or why they hold none. */
export type EventOfRecords =
  | { readonly event: Readonly<Record<string, unknown>>; readonly violations: readonly Violation[] }
  | { readonly code: string; readonly reason: string };

type Fields = Record<string, unknown>;
/** A column that is not left out, and where it stands. */
interface Read {
  readonly place: Place;
  readonly index: number;
}

/** Kinds are looked up once for each activity of a file, which has few; the others are as none that is known. */
const mostRemembered = 100;

/** Makes events of the cells of a file. An empty cell says nothing. */
export class EventReader {
  private readonly own: readonly Read[];
  private readonly inner: readonly Read[];
  private readonly listed: readonly Read[];
  private readonly bySpelling: ReadonlyMap<string, Read>;
  private readonly fixedWithin: readonly FixedValue[];
  private readonly kinds = new Map<string, readonly CellKind[]>();

  constructor(private readonly meaning: FileMeaning) {
    const read = meaning.columns.flatMap((place, index) => (place ? [{ place, index }] : []));
    this.own = read.filter(({ place }) => place.length === 1);
    this.listed = read.filter(({ place }) => place.some(isList));
    this.inner = read.filter(({ place }) => place.length > 1 && !place.some(isList));
    this.bySpelling = new Map([...this.own, ...this.inner].map((column) => [spelt(column.place), column]));
    this.fixedWithin = meaning.fixed.filter(({ place }) => place.length > 1);
  }

  /** Of several lines, an item of each list is of each line; of all else they must say the same, and the first that says something is taken. */
  read(records: readonly CsvRecord[]): EventOfRecords {
    const violations: Violation[] = [];
    const amounts: AmountInCurrency[] = [];
    const tell = (violation: Violation) => void (violations.length < maxViolations && violations.push(violation));
    const own = this.ownFieldsOf(records);
    if (own === undefined) return { code: 'timestamp-invalid', reason: 'timestamp is not written as dayFormat says' };
    // What the event is comes first: it tells what the others mean.
    const event: Fields = { ...eventOf(own) };
    const kinds = this.kindsFor(event);
    for (const column of this.inner) this.put(cellOf(records, column), { into: event, column, kinds, tell, amounts });
    for (const { place, value } of this.fixedWithin) parentIn(event, place)[place.at(-1)!] = value;
    if (this.listed.length > 0)
      for (const record of records) this.addItems(record, { into: event, kinds, tell, amounts });
    if (amounts.length > 0 && Object.hasOwn(knownFieldsOf(event), 'currency')) {
      const { properties, violations: others } = inOneCurrency(event['properties'] as Fields, amounts);
      event['properties'] = properties;
      for (const violation of others) tell(violation);
    }
    if (records.length > 1)
      for (const column of [...this.own, ...this.inner]) tellWhereDifferent(records, column, tell);
    return { event, violations };
  }

  private ownFieldsOf(records: readonly CsvRecord[]): Fields | undefined {
    const { fixed, messageIdOf, style } = this.meaning;
    const own: Fields = {};
    for (const column of this.own) {
      const cell = cellOf(records, column);
      const name = column.place[0]!;
      // Only a timestamp has more than one column: a day, and a time of the day.
      if (cell !== '') own[name] = own[name] === undefined ? cell : `${String(own[name])} ${cell}`;
    }
    for (const { place, value } of fixed) if (place.length === 1) own[place[0]!] = value;
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
    const known = knownFieldsOf(event);
    const kinds = this.meaning.columns.map((place) => (place && place.length > 1 ? kindOf(place, known) : 'text'));
    if (this.kinds.size < mostRemembered) this.kinds.set(name, kinds);
    return kinds;
  }

  private put(cell: string, { into, column: { place, index }, kinds, tell, amounts, path }: Put): void {
    if (cell === '') return;
    const read = valueOf(cell, kinds[index]!, this.meaning.style);
    const field = path ?? spelt(place);
    if ('value' in read) {
      const [holder, name] = [parentIn(into, place), place.at(-1)!];
      holder[name] = read.value;
      if (read.currencies) amounts.push({ holder, field: name, path: field, currencies: read.currencies });
      return;
    }
    tell({ ...read.wrong, field, reason: `${field} ${read.wrong.reason}` });
  }

  private addItems(record: CsvRecord, { into, kinds, tell, amounts }: Omit<Put, 'column' | 'path'>): void {
    const items = new Map<string, { readonly item: Fields; readonly path: string }>();
    for (const { place, index } of this.listed) {
      const cell = record.cells[index]!;
      if (cell.trim() === '') continue;
      const at = place.findIndex(isList);
      const list = place.slice(0, at + 1);
      const { item, path } = items.get(spelt(list)) ?? newItem(into, list);
      items.set(spelt(list), { item, path });
      const inItem = place.slice(at + 1);
      this.put(cell, {
        into: item,
        column: { place: inItem, index },
        kinds,
        tell,
        amounts,
        path: `${path}.${inItem.join('.')}`,
      });
    }
  }
}

interface Put {
  readonly into: Fields;
  readonly column: Read;
  readonly kinds: readonly CellKind[];
  readonly tell: (violation: Violation) => void;
  /** Those that say their currency. */
  readonly amounts: AmountInCurrency[];
  readonly path?: string;
}

/** What the first line that says something there says. */
function cellOf(records: readonly CsvRecord[], { index }: Read): string {
  const [first] = records as readonly [CsvRecord];
  if (records.length === 1) return first.cells[index]!;
  return records.find(({ cells }) => cells[index]!.trim() !== '')?.cells[index] ?? first.cells[index]!;
}

function tellWhereDifferent(records: readonly CsvRecord[], column: Read, tell: Put['tell']): void {
  const first = cellOf(records, column).trim();
  const other = records.find(({ cells }) => !['', first].includes(cells[column.index]!.trim()));
  if (!other) return;
  const field = spelt(column.place);
  const reason = `line ${other.number} says another ${field} than the lines before it, which make one event: the first is taken`;
  tell({ code: 'lines-differ', field, reason, given: other.cells[column.index] });
}

function newItem(into: Fields, list: Place): { readonly item: Fields; readonly path: string } {
  const name = bare(list.at(-1)!);
  const parent = parentIn(into, list);
  const items = (parent[name] ??= []) as Fields[];
  const item = {};
  items.push(item);
  return { item, path: `${[...list.slice(1, -1), name].join('.')}[${items.length - 1}]` };
}

/** The object in which the last step of a place lies. */
function parentIn(event: Fields, place: Place): Fields {
  return place.slice(0, -1).reduce<Fields>((outer, step) => {
    if (!Object.hasOwn(outer, step)) outer[step] = {};
    return outer[step] as Fields;
  }, event);
}
