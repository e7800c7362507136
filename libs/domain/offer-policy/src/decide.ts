import { choose } from './choose.ts';
import type { Candidate, Decision, Verdict } from './decision.ts';
import { judge } from './gates/judge.ts';
import { offerOf } from './offer.ts';
import type { Situation } from './situation.ts';
import type { Template } from './template.ts';

interface Judged {
  readonly template: Template;
  readonly gates: readonly Verdict[];
}

/**
 * Decides which offer a customer gets for a cause: one offer whose template passed every gate, or no deal with the reasons.
 * Pure: the same situation gives the same decision.
 */
export function decide(situation: Situation): Decision {
  const judged = situation.catalogue.map((template) => ({ template, gates: judge(template, situation) }));
  const passed = judged.filter(({ gates }) => gates.every(hasPassed)).map(({ template }) => template);
  const chosen = choose(passed, situation.customer);
  if (chosen === undefined) {
    return { result: 'no-deal', candidates: candidatesOf(judged), reasons: refusalReasons(judged, situation) };
  }
  const candidates = candidatesOf(judged, situation.catalogue.indexOf(chosen));
  return { result: 'offer', candidates, offer: offerOf(chosen, situation), reasons: [] };
}

function hasPassed(verdict: Verdict): boolean {
  return verdict.passed;
}

function candidatesOf(judged: readonly Judged[], chosen?: number): Candidate[] {
  return judged.map(({ template, gates }, index) => ({
    template: template.template,
    version: template.version,
    gates,
    chosen: index === chosen,
  }));
}

/** Each refusal of each triggered template. A single reason if the cause triggers no template. */
function refusalReasons(judged: readonly Judged[], { cause }: Situation): string[] {
  const triggered = judged.filter(({ gates }) => gates[0]?.passed);
  if (triggered.length === 0) return [`no template is triggered by ${cause.name}`];
  return triggered.flatMap(({ template, gates }) =>
    gates.filter((verdict) => !verdict.passed).map(({ reason }) => `${template.template}: ${reason}`),
  );
}
