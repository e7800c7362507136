import type { Element } from '../element.ts';
import type { Model } from '../model/model.ts';
import { elements } from '../element.ts';

/**
 * The weighted geometric mean of the six bonds, 0..100. A strong element does not fully compensate for a weak one; a bond of 0 gives 0.
 * An element without evidence counts with its base, 100·b. null if no element has evidence.
 */
export function overall(model: Model, bonds: Readonly<Record<Element, number | null>>): number | null {
  let mean = 1;
  let hasEvidence = false;
  for (const element of elements) {
    const bond = bonds[element];
    hasEvidence ||= bond !== null;
    mean *= (bond ?? 100 * model.priors[element].base) ** model.shares[element];
  }
  return hasEvidence ? Math.min(100, mean) : null;
}
