import { addFault, itemsOf, type JsonNode } from './json-node.ts';

/** The allowed numbers: a test and its description for faults. */
export interface Bound {
  /** Follows "must be", for example `a number above 0`. */
  readonly description: string;
  readonly holds: (value: number) => boolean;
}

export const anyNumber: Bound = { description: 'a number', holds: () => true };

/** Numbers from `least` to `most`, both included. */
export function between(least: number, most: number): Bound {
  return {
    description: `a number from ${least} to ${most}`,
    holds: (value) => value >= least && value <= most,
  };
}

/** Reads a finite number within the bound. Adds a fault and returns NaN for any other value. */
export function numberIn(node: JsonNode, bound: Bound): number {
  const { value } = node;
  if (typeof value === 'number' && Number.isFinite(value) && bound.holds(value)) return value;
  addFault(node, `must be ${bound.description}`);
  return Number.NaN;
}

/** Reads a whole number from `least` to `most`. Adds a fault and returns NaN for any other value. */
export function countIn(node: JsonNode, most: number, least = 1): number {
  const isCount = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return numberIn(node, { description: `a whole number from ${least} to ${most}`, holds: isCount });
}

/** Reads a string that is not blank and not longer than `longest` code units. Adds a fault and returns '' for any other value. */
export function textIn(node: JsonNode, longest: number): string {
  const { value } = node;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest) return value;
  addFault(node, `must be a string of 1 to ${longest} characters`);
  return '';
}

/** Reads one of `choices`. Adds a fault and returns the first choice for any other value. */
export function choiceIn<Choice extends string>(node: JsonNode, choices: readonly [Choice, ...Choice[]]): Choice {
  const choice = choices.find((candidate) => candidate === node.value);
  if (choice === undefined) addFault(node, `must be one of ${choices.join(', ')}`);
  return choice ?? choices[0];
}

/** Reads a boolean. Adds a fault and returns true for any other value. */
export function booleanIn(node: JsonNode): boolean {
  if (typeof node.value !== 'boolean') addFault(node, 'must be true or false');
  return node.value !== false;
}

/** Reads the different texts of an array of 1 to `most` items. Adds a fault for a duplicate. */
export function textsIn(node: JsonNode, most: number, readText: (item: JsonNode) => string): string[] {
  const items = itemsOf(node, most);
  for (const [index, item] of items.entries()) {
    if (items.findIndex(({ value }) => value === item.value) < index) addFault(item, 'is a duplicate');
  }
  return items.map(readText);
}
