import type { Properties } from '../activity.ts';
import type { JsonNode } from '../document/json-node.ts';
import { anyNumber, numberIn, proportion } from '../document/leaf.ts';
import { addFault, fieldsOf, isObject } from '../document/json-node.ts';
import { propertyIn } from './property.ts';

/** How good an activity was, 0..1; undefined if the property that it reads is missing or not a finite number. */
export type Valence = (properties: Properties) => number | undefined;

/** Compiles a constant or a `ValenceDocument`. */
export function valenceIn(node: JsonNode): Valence {
  if (isObject(node.value)) return lineIn(node);
  const constant = numberIn(node, proportion);
  return () => constant;
}

function lineIn(node: JsonNode): Valence {
  const fields = fieldsOf(node, ['property', 'zeroAt', 'oneAt']);
  const property = propertyIn(fields.property);
  const zeroAt = numberIn(fields.zeroAt, anyNumber);
  const length = numberIn(fields.oneAt, anyNumber) - zeroAt;
  if (length === 0) addFault(fields.oneAt, 'must differ from zeroAt');
  if (Math.abs(length) === Infinity) addFault(fields.oneAt, 'is too far from zeroAt');
  return (properties) => {
    const value = property(properties);
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    return Math.min(1, Math.max(0, (value - zeroAt) / length));
  };
}
