import type { Checked } from './check.ts';
import type { Leaf } from './rule.ts';

/** Why a rule does not hold, in English: `trust.mood must be below 40 (it is 55.2)`. Empty if it holds. */
export function whyNot(checked: Checked): string {
  if (checked.holds) return '';
  switch (checked.kind) {
    case 'all':
      return checked.parts.map(whyNot).filter(Boolean).join('; ');
    case 'any':
      return checked.parts.map(whyNot).join(' or ');
    case 'not':
      return checked.parts.map(why).join('; ');
    case 'leaf':
      return `${checked.leaf.field.name} must ${requirement(checked.leaf)} (${shownValue(checked)})`;
  }
}

/** Why a rule holds that must not. */
function why(checked: Checked): string {
  if (!checked.holds) return '';
  switch (checked.kind) {
    case 'all':
      return checked.parts.map(why).join(' or ');
    case 'any':
      return checked.parts.map(why).filter(Boolean).join('; ');
    case 'not':
      return checked.parts.map(whyNot).join('; ');
    case 'leaf':
      return `${checked.leaf.field.name} must not ${requirement(checked.leaf)} (${shownValue(checked)})`;
  }
}

const words = {
  equals: 'be',
  'one-of': 'be one of',
  above: 'be above',
  'at-least': 'be at least',
  below: 'be below',
  'at-most': 'be at most',
  contains: 'contain',
  before: 'be before',
  after: 'be after',
  'within-days': 'be within the last',
  present: 'be known',
} as const satisfies Record<Leaf['operator'], string>;

function requirement({ field, operator, value }: Leaf): string {
  if (operator === 'present') return words.present;
  if (operator === 'within-days') return `${words[operator]} ${String(value)} days`;
  return `${words[operator]} ${shown(value, field.type === 'instant')}`;
}

function shownValue({ leaf, value }: Extract<Checked, { kind: 'leaf' }>): string {
  if (value === undefined || value === null) return 'it is unknown';
  // The texts of properties may be personal, and reasons are stored and published.
  if (leaf.field.type === 'any' && typeof value === 'string') return 'its text is not shown';
  if (typeof value === 'object' && leaf.field.type !== 'texts' && leaf.field.type !== 'membership')
    return 'it is an object or a list';
  return `it is ${shown(value, leaf.field.type === 'instant', 1)}`;
}

/** Numbers are rounded to `digits` after the point, if given. */
function shown(value: unknown, isInstant: boolean, digits?: number): string {
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.join(', ');
  if (typeof value === 'number' && isInstant && Math.abs(value) <= 8.64e15) return new Date(value).toISOString();
  if (typeof value === 'number' && digits !== undefined) return String(Number(value.toFixed(digits)));
  return String(value);
}
