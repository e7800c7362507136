import {
  addFault,
  anyNumber,
  between,
  type Bound,
  fieldsOf,
  isGiven,
  type JsonNode,
  numberIn,
  textIn,
} from '@sestante/rules';
import type { Because } from './model-document.ts';

export const positive: Bound = { description: 'a number above 0', holds: (value) => value > 0 };
export const weight: Bound = {
  description: 'a number above 0 and at most 100',
  holds: (value) => value > 0 && value <= 100,
};
export const proportion: Bound = between(0, 1);
export const strictProportion: Bound = {
  description: 'a number above 0 and below 1',
  holds: (value) => value > 0 && value < 1,
};

/** A number if it is given, else `otherwise`. */
export function numberOr(node: JsonNode, bound: Bound, otherwise: number): number {
  return isGiven(node) ? numberIn(node, bound) : otherwise;
}

/** Any finite number. */
export const anyNumberIn = (node: JsonNode): number => numberIn(node, anyNumber);

const longestReason = 300;

export function becauseIn(node: JsonNode): Because {
  const { en, de, it } = fieldsOf(node, ['en', 'de', 'it']);
  return { en: textIn(en, longestReason), de: textIn(de, longestReason), it: textIn(it, longestReason) };
}

const longestName = 128;

/** Reads the name of an activity. Adds a fault if it is not written as one. */
export function activityNameIn(node: JsonNode): string {
  const name = textIn(node, longestName);
  if (name !== '' && !/^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(name)) {
    addFault(node, 'must be lower-case words joined by dots, as in order.completed');
  }
  return name;
}
