import type { Because } from '../document/model-document.ts';
import type { Element } from '../element.ts';
import type { Evidence } from '../evidence.ts';
import { type Closed, settle } from '../matters/settle.ts';
import type { Model } from '../model/model.ts';
import { addAll } from '../state/add.ts';
import { emptyState, latestActivityAt, type State } from '../state/state.ts';
import { confidence, contribution, score, type Sums } from './formula.ts';
import { otherParts, type Part, signalParts } from './parts.ts';
import { observed, viewAt } from './view.ts';

/** What is known of a customer at an instant, in milliseconds since 1970. */
export interface Moment {
  readonly at: number;
  /** The evidence up to the instant, with its matters settled. */
  readonly settled: readonly Evidence[];
  readonly state: State;
}

/**
 * What is known of a customer at an instant. `base` is the state of the evidence that is no longer kept, and `closed` are the matters that count by it.
 *
 * @throws RangeError if the instant is before the latest evidence in the base: a state cannot be moved back in time.
 */
export function momentAt(
  model: Model,
  evidence: readonly Evidence[],
  at: number,
  base: State = emptyState(),
  closed?: Closed,
): Moment {
  if (at < (latestActivityAt(base) ?? at))
    throw new RangeError('The instant must not be before the latest evidence in the base.');
  const until = evidence.filter((one) => one.at <= at);
  const settled = settle(model, until, closed);
  return { at, settled, state: addAll(model, settled, base) };
}

/** What has moved a bond between two instants: activities of one kind for one rule of the model, or something without an activity. */
export interface Cause {
  /** The name of the activities; `rhythm` for a silence, `channel spread`, or `time` for what has faded of earlier activities. */
  readonly name: string;
  /** The index of the rule in the model document; null without a rule. */
  readonly rule: number | null;
  /** The number of activities; 0 without activities. */
  readonly count: number;
  /** In points of the score. */
  readonly contribution: number;
  /** Null for `time`. */
  readonly because: Because | null;
}

/** How a bond has changed. The causes add up to the difference, where a score without evidence is its base. */
export interface Change {
  /** Null without evidence. */
  readonly before: number | null;
  readonly now: number;
  /** What the score would be without evidence: 100·b. */
  readonly base: number;
  /** The part of the bond that is observed now, 0..1. */
  readonly confidence: number;
  readonly causes: readonly Cause[];
}

/**
 * How the bond of one element has changed from one moment to a later one of the same customer, and by what: each later activity by its contribution, rhythm and spread
 * by the difference of theirs, and everything else by `time`. Null without evidence for the element.
 */
export function changeOf(
  model: Model,
  { before, now }: { readonly before: Moment; readonly now: Moment },
  element: Element,
): Change | null {
  const later = bondAt(model, now, element);
  if (later === undefined) return null;
  const earlier = bondAt(model, before, element);
  const prior = model.priors[element];
  const base = 100 * prior.base;
  const recent = signalParts(
    later.view,
    now.settled.filter(({ at }) => at > before.at),
    later.question,
  );
  const pointsOf = (part: Part, total: Sums) => contribution(prior, part, total);
  const causes = [...Map.groupBy(recent, ({ rule }) => rule).values()].map((parts): Cause => {
    const { name, rule, because } = parts[0]!;
    const count = new Set(parts.map(({ activityId }) => activityId)).size;
    return {
      name,
      rule,
      because,
      count,
      contribution: parts.reduce((sum, part) => sum + pointsOf(part, later.total), 0),
    };
  });
  const without = new Map<string, Cause>();
  const gather = (parts: readonly Part[], total: Sums, sign: 1 | -1) => {
    for (const part of parts) {
      const { name, rule, because } = part;
      const so = without.get(name)?.contribution ?? 0;
      without.set(name, { name, rule, because, count: 0, contribution: so + sign * pointsOf(part, total) });
    }
  };
  gather(otherParts(later.view, later.question), later.total, 1);
  if (earlier) gather(otherParts(earlier.view, earlier.question), earlier.total, -1);
  causes.push(...without.values());
  const explained = causes.reduce((sum, one) => sum + one.contribution, 0);
  const time = later.score - (earlier?.score ?? base) - explained;
  causes.push({ name: 'time', rule: null, count: 0, contribution: time, because: null });
  const observedPart = confidence(prior, later.total);
  return { before: earlier?.score ?? null, now: later.score, base, confidence: observedPart, causes };
}

function bondAt(model: Model, { at, state }: Moment, element: Element) {
  const question = { element, scale: 'bond', at } as const;
  const view = viewAt(model, state, question);
  const total = observed(view, element);
  return total && { question, view, total, score: score(model.priors[element], total) };
}
