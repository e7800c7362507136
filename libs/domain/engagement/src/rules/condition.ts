import type { Properties } from '../activity.ts';
import type { Place } from '../document/place.ts';
import { anyNumber, numberIn } from '../document/leaf.ts';
import { fault, fieldsOf, isGiven, isObject } from '../document/place.ts';
import { propertyIn } from './property.ts';

/** Whether the properties of an activity are as a rule wants them. Never throws: what is missing or of another type fails. */
export type Condition = (properties: Properties) => boolean;

type Test = (value: unknown) => boolean;

const tests = { equals, above, below, present } as const;
const kinds = ['equals', 'above', 'below', 'present'] as const;

/** Compiles the `ConditionDocument` here. */
export function conditionIn(place: Place): Condition {
  const fields = fieldsOf(place, ['property', ...kinds]);
  const property = propertyIn(fields.property);
  const [kind, ...others] = kinds.filter((candidate) => isGiven(fields[candidate]));
  if (kind === undefined || others.length > 0) {
    if (isObject(place.value)) fault(place, `must have exactly one of ${kinds.join(', ')}`);
    return () => false;
  }
  const holds = tests[kind](fields[kind]);
  return (properties) => holds(property(properties));
}

function equals(place: Place): Test {
  const wanted = place.value;
  const isComparable = typeof wanted === 'string' || typeof wanted === 'boolean' || Number.isFinite(wanted);
  if (!isComparable) fault(place, 'must be a text, a number, true or false');
  return (value) => value === wanted;
}

function above(place: Place): Test {
  const limit = numberIn(place, anyNumber);
  return (value) => typeof value === 'number' && value > limit;
}

function below(place: Place): Test {
  const limit = numberIn(place, anyNumber);
  return (value) => typeof value === 'number' && value < limit;
}

function present(place: Place): Test {
  const wanted = place.value;
  if (typeof wanted !== 'boolean') fault(place, 'must be true or false');
  return (value) => (value !== undefined && value !== null) === wanted;
}
