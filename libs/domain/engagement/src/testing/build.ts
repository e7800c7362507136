import type { Activity } from '../activity.ts';
import type { Because, ModelDocument, RuleDocument } from '../document/model-document.ts';
import type { Evidence, Signal } from '../evidence.ts';

/** The current instant of tests: 22 November 2026, noon UTC, in milliseconds since 1970. */
export const now = Date.UTC(2026, 10, 22, 12);

/** The instant `count` days before `now`. */
export function daysAgo(count: number): number {
  return now - count * 86_400_000;
}

/** A valid model document. Every element has base 50 and strength 4. */
export function aModelDocument(changes: Partial<ModelDocument> = {}): ModelDocument {
  const element = { base: 0.5, strength: 4, weight: 1 };
  return {
    version: 'test-1',
    halfLifeDays: { bond: 180, mood: 7 },
    elements: {
      value: element,
      efficiency: element,
      trust: element,
      coherence: element,
      relevance: element,
      control: element,
    },
    channelSpread: { weight: 2, because: aReason('Channels differ.') },
    rules: [aRule()],
    ...changes,
  };
}

/** A kept promise counts twice for trust. */
export function aRule(changes: Partial<RuleDocument> = {}): RuleDocument {
  return {
    activity: 'promise.kept',
    signals: [{ element: 'trust', weight: 2, valence: 1 }],
    because: aReason('A kept promise builds trust.'),
    ...changes,
  };
}

/** The same text in every language. */
export function aReason(text: string): Because {
  return { en: text, de: text, it: text };
}

/** A kept promise in the store, now. */
export function anActivity(changes: Partial<Activity> = {}): Activity {
  return {
    activityId: 'a-1',
    name: 'promise.kept',
    at: now,
    channel: 'store',
    vouchedBy: 'secret',
    properties: {},
    ...changes,
  };
}

/** One observation of trust with the best valence. */
export function aSignal(changes: Partial<Signal> = {}): Signal {
  return { element: 'trust', weight: 1, valence: 1, rule: 0, ...changes };
}

/** A kept promise in the store, now, with one signal. */
export function anEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    activityId: 'a-1',
    name: 'promise.kept',
    at: now,
    channel: 'store',
    vouchedBy: 'secret',
    signals: [aSignal()],
    ...changes,
  };
}
