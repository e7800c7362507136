import { currenciesIn, spellingsOf, type Violation, vocabulary } from '@sestante/contracts';
import { activityName } from '../../../judge/activity-name.ts';
import type { TrackingEvent } from '../../../judge/tracking-event.ts';
import type { ReadDay } from './day-format.ts';
import { numberInCell, type NumberStyle } from './number-cell.ts';
import { bare, type TargetField } from './target-field.ts';

type Fields = (typeof vocabulary)[string]['may'];
type Field = Fields[string];

/** At most 15 digits, which a number stores exactly, without leading zeros and without an exponent. */
const plainNumber = /^(?=(?:\D?\d){1,15}$)-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/;
/** With thousands separators, if the mapping defines them. */
const numberWithThousands = /^(?=(?:\D*\d){1,15}$)-?[1-9]\d{0,2}(?:[.,' ]\d{3})+(?:[.,]\d+)?$/;
const isName = /^(id|sku|code)$|_(id|sku|code)$|[a-z](Id|Sku|Code)$/;
const isIdentifier = /^(email|phone|loyaltyCard|loyalty_card)$/;

/** The expected kind of a cell, by its target field. */
export type CellKind = 'text' | 'number' | 'day' | 'any';

/** The format of cells. */
export interface CellStyle extends NumberStyle {
  /** Undefined if dates are in ISO 8601. */
  readonly readDay: ReadDay | undefined;
}

/** The fields of an event in the vocabulary; empty for a custom activity. */
export function vocabularyFieldsOf(event: Readonly<Record<string, unknown>>): Fields {
  const name = activityName(event as unknown as TrackingEvent);
  if (name === undefined || !Object.hasOwn(vocabulary, name)) return {};
  const { must, may } = vocabulary[name]!;
  return { ...must, ...may };
}

/** The kind of a target field by the vocabulary: text, number or day. A field with a name such as `order_id` is a text. */
export function kindOf([root, ...path]: TargetField, fields: Fields): CellKind {
  if (root === 'context' || (root === 'traits' && isIdentifier.test(path[0]!))) return 'text';
  const field = fieldAt(path, root === 'properties' ? fields : {});
  if (!field) return isName.test(bare(path.at(-1)!)) ? 'text' : 'any';
  const { type } = field.schema as { readonly type?: string | readonly string[] };
  if (field.typeName.startsWith('a date')) return 'day';
  if (type === 'number') return 'number';
  return type?.includes('string') ? 'text' : 'any';
}

/** The field of the vocabulary, also by another spelling, as `judge` accepts it. */
function fieldAt([step, ...rest]: TargetField, fields: Fields): Field | undefined {
  const name = bare(step!);
  const fieldName = Object.hasOwn(fields, name) ? name : spellingsOf(fields)(name);
  const field = fieldName === undefined ? undefined : fields[fieldName];
  return rest.length > 0 && field ? fieldAt(rest, field.fields ?? {}) : field;
}

/** The value of a cell, or the violation because of which it is ignored. */
export type CellValue =
  | {
      readonly value: string | number | boolean;
      /** The possible currencies of an amount, if the cell contains one. */
      readonly currencies?: readonly string[] | undefined;
    }
  | { readonly wrong: Omit<Violation, 'field'> };

/** Reads a cell. A cell of kind `any` is a number or a boolean if it unambiguously is one. */
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
    ? `is not a number with the decimal mark ${style.decimal}: it was ignored`
    : 'is ambiguous, with thousands or with decimals: it was ignored; set the decimal mark of the file';
  return { wrong: { code: 'number-unclear', reason, given: cell } };
}

function dayOf(cell: string, { readDay }: CellStyle): CellValue {
  if (!readDay) return { value: cell };
  const value = readDay(cell);
  if (value !== undefined) return { value };
  return { wrong: { code: 'field-invalid', reason: 'does not match dayFormat: it was ignored', given: cell } };
}
