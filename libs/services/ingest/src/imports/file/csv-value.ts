import { vocabulary } from '@sestante/contracts';
import { activityName } from '../../judge/activity-name.ts';
import type { TrackingEvent } from '../../judge/tracking-event.ts';
import type { Column } from './csv-columns.ts';

type Fields = (typeof vocabulary)[string]['may'];

/** Of 15 digits at most, which a number holds exactly, without zeros in front and without an exponent. */
const plainNumber = /^(?=(?:\D?\d){1,15}$)-?(?:0|[1-9]\d*)(?:[.,]\d+)?$/;
const isName = /^(id|sku|code)$|_(id|sku|code)$|[a-z](Id|Sku|Code)$/;

/** What the vocabulary knows of the properties of an event: nothing of those of a custom activity. */
export function knownFieldsOf(event: Readonly<Record<string, unknown>>): Fields {
  const name = activityName(event as unknown as TrackingEvent);
  if (name === undefined || !Object.hasOwn(vocabulary, name)) return {};
  const { must, may } = vocabulary[name]!;
  return { ...must, ...may };
}

interface Cells {
  readonly known: Fields;
  readonly separator: string;
}

/**
 * What a cell of a property or a trait says: a number or a truth where it plainly is one, but a text where the vocabulary has texts, or under
 * a name such as `order_id`. Where `;` stands between the cells, as in Europe, the comma is the decimal mark.
 */
export function valueOf(cell: string, [root, ...path]: Column, { known, separator }: Cells): string | number | boolean {
  if (root === 'context' || isTextual(path, root === 'properties' ? known : {})) return cell;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (!plainNumber.test(cell) || (cell.includes(',') && separator !== ';')) return cell;
  return Number(cell.replace(',', '.'));
}

function isTextual([step, ...rest]: Column, fields: Fields): boolean {
  const field = Object.hasOwn(fields, step!) ? fields[step!] : undefined;
  if (rest.length > 0) return isTextual(rest, field?.fields ?? {});
  const { type } = (field?.schema ?? {}) as { readonly type?: string | readonly string[] };
  return field ? (type?.includes('string') ?? false) : isName.test(step!);
}
