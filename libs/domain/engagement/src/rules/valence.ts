import type { Properties } from '../activity.ts';
import type { Place } from '../document/place.ts';
import { anyNumber, numberIn, proportion } from '../document/leaf.ts';
import { fault, fieldsOf, isObject } from '../document/place.ts';
import { propertyIn } from './property.ts';

/** How good an activity was, 0..1; undefined when the property that says so is missing or no finite number. */
export type Valence = (properties: Properties) => number | undefined;

/** Compiles the constant or the `ValenceDocument` here. */
export function valenceIn(place: Place): Valence {
  if (isObject(place.value)) return lineIn(place);
  const constant = numberIn(place, proportion);
  return () => constant;
}

function lineIn(place: Place): Valence {
  const fields = fieldsOf(place, ['property', 'zeroAt', 'oneAt']);
  const property = propertyIn(fields.property);
  const zeroAt = numberIn(fields.zeroAt, anyNumber);
  const length = numberIn(fields.oneAt, anyNumber) - zeroAt;
  if (length === 0) fault(fields.oneAt, 'must differ from zeroAt');
  if (Math.abs(length) === Infinity) fault(fields.oneAt, 'is too far from zeroAt');
  return (properties) => {
    const value = property(properties);
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    return Math.min(1, Math.max(0, (value - zeroAt) / length));
  };
}
