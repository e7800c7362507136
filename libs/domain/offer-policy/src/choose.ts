import type { CustomerView } from './customer.ts';
import type { Template } from './template.ts';

/**
 * Chooses one of the templates that passed every gate: first by the largest drop of its element, then relational before
 * economic, then by name, then the latest version. The order of `passed` does not matter.
 *
 * @returns undefined if `passed` is empty
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

/** How much the element of the template needs to be raised: its drop. An element without evidence comes last. */
function need(template: Template, customer: CustomerView): number {
  return customer.scores[template.element].drop ?? -1000;
}

function rank(template: Template): number {
  return template.kind === 'relational' ? 0 : 1;
}
