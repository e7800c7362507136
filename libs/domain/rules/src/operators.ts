import type { Field, FieldType } from './fields/field.ts';
import { addFault, isGiven, itemsOf, type JsonNode } from './json/json-node.ts';
import { anyNumber, between, type Bound, countIn, numberIn } from './json/leaf.ts';
import type { Operand, Operator } from './rule.ts';
import { instantIn } from './instant.ts';

/** The operators of each type of field. */
export const operatorsOf: Readonly<Record<FieldType, readonly Operator[]>> = {
  number: ['equals', 'above', 'at-least', 'below', 'at-most', 'present'],
  text: ['equals', 'one-of', 'present'],
  boolean: ['equals', 'present'],
  instant: ['before', 'after', 'within-days', 'present'],
  texts: ['contains', 'present'],
  membership: ['equals', 'one-of'],
  any: ['equals', 'one-of', 'above', 'at-least', 'below', 'at-most', 'present'],
};

/** What an operator compares with. `any`: a number, a text, true or false. `days`: a whole number of days. `none`: nothing. */
export const operandKinds = [
  'number',
  'text',
  'texts',
  'boolean',
  'instant',
  'days',
  'id',
  'ids',
  'any',
  'none',
] as const;
export type OperandKind = (typeof operandKinds)[number];

const operands = {
  above: 'number',
  'at-least': 'number',
  below: 'number',
  'at-most': 'number',
  'one-of': 'texts',
  contains: 'text',
  before: 'instant',
  after: 'instant',
  'within-days': 'days',
  present: 'none',
} as const satisfies Record<Exclude<Operator, 'equals'>, OperandKind>;

/** What the operator compares the values of such fields with. */
export function operandOf(type: FieldType, operator: Operator): OperandKind {
  if (type === 'membership') return operator === 'one-of' ? 'ids' : 'id';
  return operator === 'equals' ? type : operands[operator];
}

/** Of a text that a leaf compares with, in code units. */
export const longestText = 200;
/** The most texts of `one-of`. */
export const mostTexts = 100;
/** The most days of `within-days`: a hundred years. */
export const mostDays = 36_500;

/** Reads what a leaf compares with. Adds a fault if it has the wrong type for the field and the operator. */
export function operandIn(node: JsonNode, field: Field, operator: Operator): Operand {
  switch (operator) {
    case 'present':
      if (isGiven(node)) addFault(node, 'must be absent: present compares with nothing');
      return undefined;
    case 'equals':
      return equalIn(node, field);
    case 'one-of':
      return itemsOf(node, mostTexts).map((item) => comparableIn(item, field));
    case 'contains':
      return comparableTextIn(node, field);
    case 'before':
    case 'after':
      return instantIn(node);
    case 'within-days':
      return countIn(node, mostDays);
    case 'above':
    case 'at-least':
    case 'below':
    case 'at-most':
      return numberIn(node, boundOf(field));
  }
}

function boundOf({ range }: Field): Bound {
  return range === undefined ? anyNumber : between(...range);
}

function equalIn(node: JsonNode, field: Field): Operand {
  const { value } = node;
  if (field.type === 'membership') return idIn(node);
  if (field.type === 'text' || (field.type === 'any' && typeof value === 'string'))
    return comparableTextIn(node, field);
  if (field.type === 'number' || (field.type === 'any' && typeof value === 'number'))
    return numberIn(node, boundOf(field));
  if (typeof value !== 'boolean')
    addFault(node, field.type === 'any' ? 'must be a string, a number, true or false' : 'must be true or false');
  return value === true;
}

function comparableIn(node: JsonNode, field: Field): string {
  return field.type === 'membership' ? idIn(node) : comparableTextIn(node, field);
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

function idIn(node: JsonNode): string {
  const { value } = node;
  if (typeof value === 'string' && uuid.test(value)) return value;
  addFault(node, 'must be an id: a UUID in lower case');
  return '';
}

/** Reads a text that Postgres can store: no NUL, no half of a surrogate pair. */
function comparableTextIn(node: JsonNode, { choices }: Field): string {
  const { value } = node;
  if (typeof value !== 'string' || value.length > longestText || value.includes('\0') || !value.isWellFormed())
    addFault(node, `must be a string of at most ${longestText} characters, without NUL and halves of surrogate pairs`);
  else if (choices?.includes(value) === false) addFault(node, `must be one of ${choices.join(', ')}`);
  else return value;
  return '';
}
