import { addFaultOrMissing, itemsOf, type JsonNode } from './json-node.ts';

/** Both bounds are inclusive. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Reads a number within the range. Adds a fault and returns NaN for any other value. */
export function numberIn(node: JsonNode, { least, most }: Range): number {
  const { value } = node;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  addFaultOrMissing(node, `must be a number from ${least} to ${most}`);
  return Number.NaN;
}

/** Reads a whole number from `least` to `most`. Adds a fault and returns NaN for any other value. */
export function countIn(node: JsonNode, most: number, least = 1): number {
  const { value } = node;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  addFaultOrMissing(node, `must be a whole number from ${least} to ${most}`);
  return Number.NaN;
}

/** Reads a string that is not blank and not longer than `longest`. Adds a fault and returns '' for any other value. */
export function textIn(node: JsonNode, longest: number): string {
  const { value } = node;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= longest) return value;
  addFaultOrMissing(node, `must be a string of 1 to ${longest} characters`);
  return '';
}

/** Reads one of `choices`. Adds a fault and returns the first choice for any other value. */
export function choiceIn<Choice extends string>(node: JsonNode, choices: readonly [Choice, ...Choice[]]): Choice {
  const choice = choices.find((candidate) => candidate === node.value);
  if (choice === undefined) addFaultOrMissing(node, `must be one of ${choices.join(', ')}`);
  return choice ?? choices[0];
}

/** Reads a boolean. Adds a fault and returns true for any other value. */
export function booleanIn(node: JsonNode): boolean {
  if (typeof node.value !== 'boolean') addFaultOrMissing(node, 'must be true or false');
  return node.value !== false;
}

/** Reads the different texts of an array. Adds a fault for a duplicate. */
export function textsIn(node: JsonNode, readText: (item: JsonNode) => string): string[] {
  const items = itemsOf(node);
  for (const [index, item] of items.entries()) {
    if (items.findIndex(({ value }) => value === item.value) < index) addFaultOrMissing(item, 'is a duplicate');
  }
  return items.map(readText);
}
