import { currenciesIn, spellingsOf, type Violation, vocabulary } from '@sestante/contracts';
import { activityName } from '../../../judge/activity-name.ts';
import type { TrackingEvent } from '../../../judge/tracking-event.ts';
import type { ReadDay } from './day-format.ts';
import { numberInCell, type NumberStyle } from './number-cell.ts';
import { bare, type Place } from './place.ts';

type Fields = (typeof vocabulary)[string]['may'];
type Field = Fields[string];

/** Of 15 digits at most, which a number holds exactly, without zeros in front and without an exponent. */
const plainNumber = /^(?=(?:\D?\d){1,15}$)-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/;
/** With thousands in threes, in a file that says how. */
const numberWithThousands = /^(?=(?:\D*\d){1,15}$)-?[1-9]\d{0,2}(?:[.,' ]\d{3})+(?:[.,]\d+)?$/;
const isName = /^(id|sku|code)$|_(id|sku|code)$|[a-z](Id|Sku|Code)$/;
const isIdentifier = /^(email|phone|loyaltyCard|loyalty_card)$/;

/** What a cell holds by its place in an event. */
export type CellKind = 'text' | 'number' | 'day' | 'any';

/** How cells are written. */
export interface CellStyle extends NumberStyle {
  /** Undefined where days are written as in ISO 8601. */
  readonly readDay: ReadDay | undefined;
}

/** What the vocabulary knows of the properties of an event: nothing of those of a custom activity. */
export function knownFieldsOf(event: Readonly<Record<string, unknown>>): Fields {
  const name = activityName(event as unknown as TrackingEvent);
  if (name === undefined || !Object.hasOwn(vocabulary, name)) return {};
  const { must, may } = vocabulary[name]!;
  return { ...must, ...may };
}

/** A text where the vocabulary has texts, or under a name such as `order_id`; a number or a day where it has these. */
export function kindOf([root, ...path]: Place, known: Fields): CellKind {
  if (root === 'context' || (root === 'traits' && isIdentifier.test(path[0]!))) return 'text';
  const field = fieldAt(path, root === 'properties' ? known : {});
  if (!field) return isName.test(bare(path.at(-1)!)) ? 'text' : 'any';
  const { type } = field.schema as { readonly type?: string | readonly string[] };
  if (field.typeName.startsWith('a date')) return 'day';
  if (type === 'number') return 'number';
  return type?.includes('string') ? 'text' : 'any';
}

/** Also under another spelling: the judge reads it by what it means. */
function fieldAt([step, ...rest]: Place, fields: Fields): Field | undefined {
  const name = bare(step!);
  const meant = Object.hasOwn(fields, name) ? name : spellingsOf(fields)(name);
  const field = meant === undefined ? undefined : fields[meant];
  return rest.length > 0 && field ? fieldAt(rest, field.fields ?? {}) : field;
}

/** The value of a cell, or what is wrong with it, which is then left out. */
export type CellValue =
  | {
      readonly value: string | number | boolean;
      /** Those in which an amount can be, where the cell says one. */
      readonly currencies?: readonly string[] | undefined;
    }
  | { readonly wrong: Omit<Violation, 'field'> };

/** What a cell says. One of no known kind is a number or a truth where it plainly is one. */
export function valueOf(cell: string, kind: CellKind, style: CellStyle): CellValue {
  if (kind === 'number') return numberOf(cell, style);
  if (kind === 'day') return dayOf(cell, style);
  if (kind === 'text') return { value: cell };
  if (cell === 'true' || cell === 'false') return { value: cell === 'true' };
  const isPlain = plainNumber.test(cell) && (style.decimal !== null || !cell.includes(',') || style.separator === ';');
  if (!isPlain && !(style.decimal !== null && numberWithThousands.test(cell))) return { value: cell };
  const number = numberInCell(cell, style);
  return { value: typeof number === 'number' ? number : cell };
}

function numberOf(cell: string, style: CellStyle): CellValue {
  const number = numberInCell(cell, style);
  if (number === undefined) return { value: cell };
  if (number !== 'unclear') return { value: number, currencies: currenciesIn(cell) };
  const reason = style.decimal
    ? `is no number with the decimal mark ${style.decimal}: it is left out`
    : 'may be two numbers, with thousands or with decimals: it is left out; say the decimal mark of the file';
  return { wrong: { code: 'number-unclear', reason, given: cell } };
}

function dayOf(cell: string, { readDay }: CellStyle): CellValue {
  if (!readDay) return { value: cell };
  const value = readDay(cell);
  if (value !== undefined) return { value };
  return { wrong: { code: 'field-invalid', reason: 'is not written as dayFormat says: it is left out', given: cell } };
}
