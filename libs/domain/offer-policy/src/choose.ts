import type { CustomerView } from './customer.ts';
import type { Template } from './template.ts';

/**
 * The template to offer among those that passed every gate: for the element in which recent experience is furthest
 * below the bond; of those a relational one first; then by name, and the latest version. The order in which they
 * are given does not matter.
 *
 * @returns undefined if there is none
 */
export function choose(passed: readonly Template[], customer: CustomerView): Template | undefined {
  return [...passed].sort(
    (one, other) =>
      need(other, customer) - need(one, customer) ||
      rank(one) - rank(other) ||
      (one.template < other.template ? -1 : Number(one.template > other.template)) ||
      other.version - one.version,
  )[0];
}

/** How much the customer needs the element lifted. An element without evidence comes last. */
function need(template: Template, customer: CustomerView): number {
  return customer.scores[template.element].drop ?? -1000;
}

function rank(template: Template): number {
  return template.kind === 'relational' ? 0 : 1;
}
