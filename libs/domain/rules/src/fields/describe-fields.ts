import { operandOf, type OperandKind, operatorsOf } from '../operators.ts';
import type { Operator } from '../rule.ts';
import type { Field, FieldType } from './field.ts';

/** A field as an editor of rules needs it. */
export interface FieldDescription {
  readonly name: string;
  readonly type: FieldType;
  readonly group: string;
  /** The operators that its leaves may have, and what each of them compares with. */
  readonly operators: readonly { readonly operator: Operator; readonly value: OperandKind }[];
  /** The texts that the field can have; absent if it can have any text, or none. */
  readonly choices?: readonly string[];
  /** The numbers that the field can have, both included; absent if it can have any number, or none. */
  readonly range?: readonly [least: number, most: number];
}

/** Describes fields by their groups, in the given order. A field of several groups is described once, in the first of them. */
export function describeFields(groups: Readonly<Record<string, readonly Field[]>>): readonly FieldDescription[] {
  const described = new Map<string, FieldDescription>();
  for (const [group, fields] of Object.entries(groups))
    for (const field of fields) if (!described.has(field.name)) described.set(field.name, descriptionOf(field, group));
  return [...described.values()];
}

function descriptionOf({ name, type, choices, range }: Field, group: string): FieldDescription {
  const operators = operatorsOf[type].map((operator) => ({ operator, value: operandOf(type, operator) }));
  return { name, type, group, operators, ...(choices && { choices }), ...(range && { range }) };
}
