import type { Verdict } from '../decision.ts';
import type { Situation } from '../situation.ts';
import type { Template } from '../template.ts';

/** A reason to refuse: looks at one template in one situation, and says in words why it passes or not. */
export type Gate = (template: Template, situation: Situation) => Verdict;
