import type { Decision, Offer } from './answers.ts';
import { paint, paragraph } from './paint.ts';
import { dayOf, spaced } from './format.ts';

/** The lines of an offer with its reason, code and terms. */
export function showOffer({ title, kind, element, reason, code, terms, endsAt }: Offer): string[] {
  return [
    paint('bold', `  ${title}`),
    ...paragraph('  why    ', reason),
    ...paragraph('  terms  ', terms),
    paint('dim', '  code   ') + paint(['bold', 'cyan'], code) + paint('dim', `   until ${dayOf(endsAt)}`),
    ...paragraph('  kind   ', `${kind}, to raise ${element}`),
  ];
}

/** The reasons for no offer: the refusals of each template that the cause triggers. */
export function showRefusal({ cause, candidates, reasons }: Decision): string[] {
  const triggered = candidates.filter(({ gates }) => gates[0]?.passed);
  if (triggered.length === 0) return reasons.map((reason) => `  ${reason}`);
  return triggered.flatMap(({ template, gates }) => [
    `  “${template}” is triggered by “${spaced(cause.name)}” and passes ${gates.filter(({ passed }) => passed).length} of ${gates.length} gates. But:`,
    ...gates.filter(({ passed }) => !passed).map(({ gate, reason }) => `  ${paint('red', '✗')} ${gate}: ${reason}`),
  ]);
}
