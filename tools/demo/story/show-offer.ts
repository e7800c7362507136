import type { Decision, Offer } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { dayOf, spelt } from './words.ts';

/** An offer with its reason, code and terms. */
export function showOffer({ title, kind, element, reason, code, terms, endsAt }: Offer): string[] {
  return [
    paint('bold', `  ${title}`),
    ...paragraph('  why    ', reason),
    ...paragraph('  terms  ', terms),
    paint('dim', '  code   ') + paint(['bold', 'cyan'], code) + paint('dim', `   until ${dayOf(endsAt)}`),
    ...paragraph('  kind   ', `${kind}, to lift ${element}`),
  ];
}

/** Why there is no offer: for each template that the cause would have called for, the gates that it did not pass. */
export function showRefusal({ cause, candidates, reasons }: Decision): string[] {
  const fitting = candidates.filter(({ gates }) => gates[0]?.passed);
  if (fitting.length === 0) return reasons.map((reason) => `  ${reason}`);
  return fitting.flatMap(({ template, gates }) => [
    `  “${template}” answers “${spelt(cause.name)}” and passes ${gates.filter(({ passed }) => passed).length} of ${gates.length} gates. But:`,
    ...gates.filter(({ passed }) => !passed).map(({ gate, reason }) => `  ${paint('red', '✗')} ${gate}: ${reason}`),
  ]);
}
