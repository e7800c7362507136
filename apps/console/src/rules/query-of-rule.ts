import type { RuleGroupType, RuleType } from 'react-querybuilder';

/** A rule as the API takes it: see libs/domain/rules. */
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | { readonly field: string; readonly operator: string; readonly value?: RuleValue };

export type RuleValue = string | number | boolean | readonly string[];

/** What the rule builder edits for a rule. Without a rule, an empty group: it stands for all customers. */
export function queryOf(rule: Rule | undefined): RuleGroupType {
  if (rule === undefined) return { combinator: 'and', rules: [] };
  const part = partOf(rule);
  return 'rules' in part ? part : { combinator: 'and', rules: [part] };
}

function partOf(rule: Rule): RuleGroupType | RuleType {
  if ('all' in rule) return { combinator: 'and', rules: rule.all.map(partOf) };
  if ('any' in rule) return { combinator: 'or', rules: rule.any.map(partOf) };
  if ('not' in rule) {
    const part = partOf(rule.not);
    return 'rules' in part && part.not !== true
      ? { ...part, not: true }
      : { combinator: 'and', not: true, rules: [part] };
  }
  return { field: rule.field, operator: rule.operator, value: rule.value };
}

/** The rule of an edited query; undefined for all customers, and `'incomplete'` while a condition lacks its value. */
export function ruleOf(query: RuleGroupType): Rule | undefined | 'incomplete' {
  const parts = query.rules
    .map((part) => (typeof part === 'string' ? undefined : 'rules' in part ? ruleOf(part) : leafOf(part)))
    .filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const rules: Rule[] = [];
  for (const part of parts) {
    if (part === 'incomplete') return 'incomplete';
    rules.push(part);
  }
  const [first] = rules;
  const rule: Rule =
    rules.length === 1 && first !== undefined ? first : query.combinator === 'or' ? { any: rules } : { all: rules };
  return query.not === true ? { not: rule } : rule;
}

function leafOf({ field, operator, value }: RuleType): Rule | 'incomplete' {
  if (operator === 'present') return { field, operator };
  const isMissing =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isMissing ? 'incomplete' : { field, operator, value: value as RuleValue };
}

/** Whether a value from an address has the shape of a rule. The API checks its fields. */
export function isRule(value: unknown, depth = 1): value is Rule {
  if (typeof value !== 'object' || value === null || depth > mostDepth) return false;
  const { all, any, not, field, operator } = value as Readonly<Record<string, unknown>>;
  if (not !== undefined) return isRule(not, depth + 1);
  const inside = all ?? any;
  if (inside !== undefined) return Array.isArray(inside) && inside.every((part) => isRule(part, depth + 1));
  return typeof field === 'string' && typeof operator === 'string';
}

/** How deep the API takes rules. */
const mostDepth = 8;
