import type { Field } from './fields/field.ts';
import type { Leaf, Rule } from './rule.ts';

/**
 * The value of a field: a number, a text, true or false, texts, ids, or an instant in milliseconds since 1970. Undefined or null if it has no value.
 */
export type ValueOf = (field: Field) => unknown;

const dayMs = 86_400_000;

/**
 * Whether the rule holds at the instant `now`, in milliseconds since 1970. A leaf about a field without a value, or with a value of another type,
 * does not hold, whatever its operator; so `not` around it holds.
 */
export function holds(rule: Rule, valueOf: ValueOf, now: number): boolean {
  switch (rule.kind) {
    case 'all':
      return rule.rules.every((part) => holds(part, valueOf, now));
    case 'any':
      return rule.rules.some((part) => holds(part, valueOf, now));
    case 'not':
      return !holds(rule.rule, valueOf, now);
    case 'leaf':
      return leafHolds(rule, valueOf(rule.field), now);
  }
}

/** A rule with what came out, for each of its parts. */
export type Checked =
  | { readonly kind: 'all' | 'any' | 'not'; readonly holds: boolean; readonly parts: readonly Checked[] }
  | { readonly kind: 'leaf'; readonly holds: boolean; readonly leaf: Leaf; readonly value: unknown };

/** Like `holds`, with the result of every part and the value of every field. */
export function check(rule: Rule, valueOf: ValueOf, now: number): Checked {
  if (rule.kind === 'leaf') {
    const value = valueOf(rule.field);
    return { kind: 'leaf', holds: leafHolds(rule, value, now), leaf: rule, value };
  }
  const parts = (rule.kind === 'not' ? [rule.rule] : rule.rules).map((part) => check(part, valueOf, now));
  return { kind: rule.kind, holds: combined(rule.kind, parts), parts };
}

function combined(kind: 'all' | 'any' | 'not', parts: readonly Checked[]): boolean {
  if (kind === 'not') return parts.every((part) => !part.holds);
  return kind === 'all' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
}

function leafHolds({ field, operator, value: wanted }: Leaf, value: unknown, now: number): boolean {
  if (field.type === 'membership') return isMember(value, Array.isArray(wanted) ? wanted : [wanted]);
  switch (operator) {
    case 'present':
      return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
    case 'equals':
      return value === wanted;
    case 'one-of':
      return typeof value === 'string' && (wanted as readonly string[]).includes(value);
    case 'contains':
      return Array.isArray(value) && value.includes(wanted);
    default:
      return typeof value === 'number' && numberHolds(operator, value, wanted as number, now);
  }
}

function isMember(ids: unknown, wanted: readonly unknown[]): boolean {
  return Array.isArray(ids) && wanted.some((id) => ids.includes(id));
}

type Comparison = Exclude<Leaf['operator'], 'present' | 'equals' | 'one-of' | 'contains'>;

function numberHolds(operator: Comparison, value: number, wanted: number, now: number): boolean {
  switch (operator) {
    case 'above':
    case 'after':
      return value > wanted;
    case 'below':
    case 'before':
      return value < wanted;
    case 'at-least':
      return value >= wanted;
    case 'at-most':
      return value <= wanted;
    case 'within-days':
      return value > now - wanted * dayMs && value <= now;
  }
}
