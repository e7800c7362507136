import type { Field } from './fields/field.ts';

/** A rule over the fields of a catalogue, as it is stored and sent. `all`, `any` and `not` combine rules; a leaf tests one field. `ruleIn` reads it. */
export type RuleDocument =
  | { readonly all: readonly RuleDocument[] }
  | { readonly any: readonly RuleDocument[] }
  | { readonly not: RuleDocument }
  | LeafDocument;

export interface LeafDocument {
  /** A name of the catalogue, such as `trust.mood` or `activity.properties.days_late`. */
  readonly field: string;
  readonly operator: Operator;
  /** Of the type that the field and the operator need; absent for `present`. Instants are RFC 3339 texts. */
  readonly value?: string | number | boolean | readonly string[];
}

/** A rule that `ruleIn` has read: its fields exist, and its values have the right types. */
export type Rule = Group | Negation | Leaf;

export interface Group {
  readonly kind: 'all' | 'any';
  /** At least one. */
  readonly rules: readonly Rule[];
}

export interface Negation {
  readonly kind: 'not';
  readonly rule: Rule;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly field: Field;
  readonly operator: Operator;
  readonly value: Operand;
}

/** What a leaf compares with: texts for `one-of`, milliseconds since 1970 for `before` and `after`, days for `within-days`, nothing for `present`. */
export type Operand = string | number | boolean | readonly string[] | undefined;

export const operators = [
  'equals',
  'one-of',
  'above',
  'at-least',
  'below',
  'at-most',
  'contains',
  'before',
  'after',
  'within-days',
  'present',
] as const;
export type Operator = (typeof operators)[number];
