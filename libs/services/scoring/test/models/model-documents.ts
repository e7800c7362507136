import type { RuleDocument } from '@sestante/engagement';
import { aModelDocument } from '@sestante/engagement/testing';

export { aModelDocument };

/** A rule with one signal. */
export function anActivityRule(activity: string, ...signals: RuleDocument['signals']): RuleDocument {
  const [{ because }] = aModelDocument().rules as readonly [RuleDocument];
  return { activity, signals, because };
}
