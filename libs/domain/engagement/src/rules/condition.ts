import type { Properties } from '../activity.ts';
import type { JsonNode } from '../document/json-node.ts';
import { anyNumber, numberIn } from '../document/leaf.ts';
import { addFault, fieldsOf, isGiven, isObject } from '../document/json-node.ts';
import { propertyIn } from './property.ts';

/** Tests the properties of an activity. Never throws: a missing property or one of another type fails the test. */
export type Condition = (properties: Properties) => boolean;

type Test = (value: unknown) => boolean;

const tests = { equals, above, below, present } as const;
const kinds = ['equals', 'above', 'below', 'present'] as const;

/** Compiles a `ConditionDocument`. */
export function conditionIn(node: JsonNode): Condition {
  const fields = fieldsOf(node, ['property', ...kinds]);
  const property = propertyIn(fields.property);
  const [kind, ...others] = kinds.filter((candidate) => isGiven(fields[candidate]));
  if (kind === undefined || others.length > 0) {
    if (isObject(node.value)) addFault(node, `must have exactly one of ${kinds.join(', ')}`);
    return () => false;
  }
  const holds = tests[kind](fields[kind]);
  return (properties) => holds(property(properties));
}

function equals(node: JsonNode): Test {
  const wanted = node.value;
  const isComparable = typeof wanted === 'string' || typeof wanted === 'boolean' || Number.isFinite(wanted);
  if (!isComparable) addFault(node, 'must be a string, a number, true or false');
  return (value) => value === wanted;
}

function above(node: JsonNode): Test {
  const limit = numberIn(node, anyNumber);
  return (value) => typeof value === 'number' && value > limit;
}

function below(node: JsonNode): Test {
  const limit = numberIn(node, anyNumber);
  return (value) => typeof value === 'number' && value < limit;
}

function present(node: JsonNode): Test {
  const wanted = node.value;
  if (typeof wanted !== 'boolean') addFault(node, 'must be true or false');
  return (value) => (value !== undefined && value !== null) === wanted;
}
