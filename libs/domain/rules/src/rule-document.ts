import type { Field } from './fields/field.ts';
import type { Leaf, Rule, RuleDocument } from './rule.ts';

/** The document of a rule. `ruleIn` reads the same rule from it. Instants are in UTC. */
export function documentOf(rule: Rule): RuleDocument {
  switch (rule.kind) {
    case 'all':
      return { all: rule.rules.map(documentOf) };
    case 'any':
      return { any: rule.rules.map(documentOf) };
    case 'not':
      return { not: documentOf(rule.rule) };
    case 'leaf':
      return { field: rule.field.name, operator: rule.operator, ...valueOf(rule) };
  }
}

function valueOf({ operator, value }: Leaf) {
  if (value === undefined) return {};
  return { value: operator === 'before' || operator === 'after' ? new Date(Number(value)).toISOString() : value };
}

/** The fields that a rule asks for, in the order of its leaves. A field is listed again for every leaf about it. */
export function askedFields(rule: Rule): readonly Field[] {
  switch (rule.kind) {
    case 'leaf':
      return [rule.field];
    case 'not':
      return askedFields(rule.rule);
    default:
      return rule.rules.flatMap(askedFields);
  }
}
