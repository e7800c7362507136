import type { Verdict } from '../decision.ts';
import type { Situation } from '../situation.ts';
import type { Template } from '../template.ts';

/** Judges one template in one situation. The verdict gives the reason in a sentence, also if the gate passes. */
export type Gate = (template: Template, situation: Situation) => Verdict;
