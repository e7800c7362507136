/** What an operator compares with. `id`, `ids`: UUIDs of audiences. `none`: nothing. */
export type OperandKind =
  'number' | 'text' | 'texts' | 'boolean' | 'instant' | 'days' | 'id' | 'ids' | 'any' | 'none' | (string & {});

/** A field of the rule language, as `GET /api/v1/rules/fields` describes it. */
export interface RuleField {
  readonly name: string;
  readonly group: string;
  readonly operators: readonly { readonly operator: string; readonly value: OperandKind }[];
  /** The only texts that the field has. */
  readonly choices?: readonly string[];
}

/** The fields by group, in their order. */
export function byGroup(fields: readonly RuleField[]): readonly (readonly [group: string, readonly RuleField[]])[] {
  const groups = [...new Set(fields.map(({ group }) => group))];
  return groups.map((group) => [group, fields.filter((field) => field.group === group)]);
}

export function operandKindOf(field: RuleField | undefined, operator: string): OperandKind {
  return field?.operators.find((offered) => offered.operator === operator)?.value ?? 'text';
}

/** The value with which a new condition begins. */
export function firstValue(field: RuleField | undefined, operator: string): unknown {
  const kind = operandKindOf(field, operator);
  if (kind === 'texts' || kind === 'ids') return [];
  return kind === 'boolean' ? true : '';
}
