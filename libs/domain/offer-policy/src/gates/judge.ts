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
import { pause } from './pause.ts';
import { quietHours } from './quiet-hours.ts';
import { templateCap } from './template-cap.ts';
import { trigger } from './trigger.ts';
import { vouched } from './vouched.ts';
import { winWin } from './win-win.ts';

/** The gates after the trigger, in the order in which they are recorded. All of them run, so that every reason is known. */
const gates: readonly Gate[] = [
  channel,
  vouched,
  audience,
  freshness,
  consent,
  pause,
  quietHours,
  contactBudget,
  templateCap,
  difficulty,
  openApology,
  winWin,
  holdout,
];

/**
 * The verdicts of the gates on a template. If the cause does not trigger the template, only that verdict is returned: most activities
 * do not trigger most templates, and every decision is stored.
 */
export function judge(template: Template, situation: Situation): Verdict[] {
  const first = trigger(template, situation);
  return first.passed ? [first, ...gates.map((gate) => gate(template, situation))] : [first];
}
