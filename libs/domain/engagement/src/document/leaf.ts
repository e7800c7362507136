import type { JsonNode } from './json-node.ts';
import { addFault, isGiven } from './json-node.ts';

/** The allowed numbers: a test and its description for fault texts. */
export interface Bound {
  readonly description: string;
  readonly holds: (value: number) => boolean;
}

export const anyNumber: Bound = { description: 'a number', holds: () => true };
export const positive: Bound = { description: 'a number above 0', holds: (value) => value > 0 };
export const weight: Bound = {
  description: 'a number above 0 and at most 100',
  holds: (value) => value > 0 && value <= 100,
};
export const proportion: Bound = { description: 'a number from 0 to 1', holds: (value) => value >= 0 && value <= 1 };
export const strictProportion: Bound = {
  description: 'a number above 0 and below 1',
  holds: (value) => value > 0 && value < 1,
};

/** Reads a finite number within the bound. Adds a fault and returns NaN for any other value. */
export function numberIn(node: JsonNode, bound: Bound): number {
  const { value } = node;
  if (typeof value === 'number' && Number.isFinite(value) && bound.holds(value)) return value;
  addFault(node, isGiven(node) ? `must be ${bound.description}` : 'is missing');
  return Number.NaN;
}

/** Reads a string that is not blank. Adds a fault and returns '' for any other value. */
export function textIn(node: JsonNode): string {
  const { value } = node;
  if (typeof value === 'string' && value.trim() !== '') return value;
  addFault(node, isGiven(node) ? 'must be a non-empty string' : 'is missing');
  return '';
}

/** Reads one of `choices`. Adds a fault and returns the first choice for any other value. */
export function choiceIn<Choice extends string>(node: JsonNode, choices: readonly [Choice, ...Choice[]]): Choice {
  const choice = choices.find((candidate) => candidate === node.value);
  if (choice !== undefined) return choice;
  addFault(node, isGiven(node) ? `must be one of ${choices.join(', ')}` : 'is missing');
  return choices[0];
}
