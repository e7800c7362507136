import { addFault, fieldsOf, isGiven, isObject, itemsOf, type JsonNode } from '@sestante/rules';
import type { Activity } from '../activity.ts';
import { anyNumberIn } from '../document/leaf.ts';
import { daysFrom, hoursFrom } from './instant.ts';
import { numberOf, type Property, propertyIn } from './property.ts';

/** Reads a finite number from an activity; undefined if it cannot be read. */
export type NumberReader = (activity: Activity) => number | undefined;

/** The fields of a `NumberDocument`. */
export const numberFields = ['property', 'dividedBy', 'daysAfter', 'hoursAfter'] as const;
type Name = (typeof numberFields)[number];

const mostTerms = 5;

/** Compiles the `NumberDocument` in these fields of `node`. */
export function numberReaderIn(node: JsonNode, fields: Readonly<Record<Name, JsonNode>>): NumberReader {
  const kinds = (['property', 'daysAfter', 'hoursAfter'] as const).filter((name) => isGiven(fields[name]));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    if (isObject(node.value)) addFault(node, 'must have exactly one of property, daysAfter and hoursAfter');
    return () => undefined;
  }
  const property = propertyIn(fields[kind]);
  if (kind !== 'property') {
    if (isGiven(fields.dividedBy)) addFault(fields.dividedBy, 'must be absent: only a property is divided');
    const since = kind === 'daysAfter' ? daysFrom : hoursFrom;
    return ({ properties, at }) => since(property(properties), at);
  }
  if (!isGiven(fields.dividedBy)) return ({ properties }) => numberOf(property, properties);
  const terms = itemsOf(fields.dividedBy, mostTerms).map(propertyIn);
  return ({ properties }) => ratio(property, terms, properties);
}

function ratio(property: Property, terms: readonly Property[], properties: Activity['properties']): number | undefined {
  const part = numberOf(property, properties);
  if (part === undefined) return undefined;
  let sum = 0;
  for (const term of terms) sum += Math.abs(numberOf(term, properties) ?? Number.NaN);
  return sum > 0 && Number.isFinite(sum) ? Math.abs(part) / sum : undefined;
}

/** Compiles a `LimitDocument`. */
export function limitIn(node: JsonNode): (activity: Activity) => number {
  if (!isObject(node.value)) {
    const constant = anyNumberIn(node);
    return () => constant;
  }
  const fields = fieldsOf(node, ['property', 'otherwise']);
  const property = propertyIn(fields.property);
  const otherwise = anyNumberIn(fields.otherwise);
  return ({ properties }) => numberOf(property, properties) ?? otherwise;
}
