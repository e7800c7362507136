import type { Verdict } from '../decision.ts';
import type { Situation } from '../situation.ts';
import type { Template } from '../template.ts';
import { audience } from './audience.ts';
import { channel } from './channel.ts';
import { consent } from './consent.ts';
import { contactBudget } from './contact-budget.ts';
import { difficulty } from './difficulty.ts';
import { freshness } from './freshness.ts';
import type { Gate } from './gate.ts';
import { holdout } from './holdout.ts';
import { openApology } from './open-apology.ts';
import { quietHours } from './quiet-hours.ts';
import { templateCap } from './template-cap.ts';
import { trigger } from './trigger.ts';
import { winWin } from './win-win.ts';

/** The gates behind the trigger, in the order in which they are recorded. All of them are asked, so that every reason is known. */
const gates: readonly Gate[] = [
  channel,
  audience,
  freshness,
  consent,
  quietHours,
  contactBudget,
  templateCap,
  difficulty,
  openApology,
  winWin,
  holdout,
];

/**
 * Puts a template through the gates. The trigger comes first, and alone if it does not fit: most templates do not answer
 * to most activities, and a decision is kept for every one of them.
 */
export function judge(template: Template, situation: Situation): Verdict[] {
  const fit = trigger(template, situation);
  return fit.passed ? [fit, ...gates.map((gate) => gate(template, situation))] : [fit];
}
