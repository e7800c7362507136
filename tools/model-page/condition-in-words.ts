import type { RuleDocument } from '@sestante/engagement';

type Condition = NonNullable<RuleDocument['when']>;
type Leaf = Extract<Condition, { readonly field: string }>;

/** A condition of a rule: `` `days_late` above 2 ``. */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(insideInWords).join(' and ');
  if ('any' in condition) return condition.any.map(insideInWords).join(' or ');
  if ('not' in condition) return denialInWords(condition.not);
  return leafInWords(condition);
}

function denialInWords(denied: Condition): string {
  const isPresence = 'operator' in denied && denied.operator === 'present';
  return isPresence ? `${nameOf(denied)} is unknown` : `not ${insideInWords(denied)}`;
}

/** In brackets if it is a combination. */
function insideInWords(condition: Condition): string {
  const words = conditionInWords(condition);
  return 'all' in condition || 'any' in condition ? `(${words})` : words;
}

function nameOf({ field }: Leaf): string {
  return `\`${field.replace(/^activity\.(properties\.)?/, '')}\``;
}

function leafInWords(leaf: Leaf): string {
  const { operator, value } = leaf;
  if (operator === 'present') return `${nameOf(leaf)} is known`;
  const wanted = typeof value === 'object' ? value.join(', ') : String(value);
  return `${nameOf(leaf)} ${operator === 'equals' ? 'is' : operator.replace('-', ' ')} ${wanted}`;
}
