import type { ActivityScored, CustomerActed, Move, ScoreChanged } from '@sestante/contracts';
import { idOf, type MoveMessage } from '@sestante/contracts/testing';
import { compileModel, type Model, type RuleDocument, toNumbers, type State } from '@sestante/engagement';
import { aModelDocument, aReason } from '@sestante/engagement/testing';
import { expect } from '@jest/globals';

export { aMerge, aSplit, idOf, type MoveMessage } from '@sestante/contracts/testing';

export const noon = Date.UTC(2026, 10, 20, 12);
/** The instant this many days after noon (UTC) on 20 November 2026. */
export const daysAfter = (days: number) => new Date(noon + days * 86_400_000).toISOString();

let acted = 0;

/**
 * A promise to Ada was kept, on the web at noon. Each call makes a new activity unless `activityId` is given. Activities of the past are received at
 * noon.
 */
export function anAct(over: Partial<CustomerActed> = {}): CustomerActed {
  const { timestamp = daysAfter(0) } = over;
  return {
    customerId: idOf('ada'),
    memberId: idOf('ada on the web'),
    moves: 0,
    activityId: idOf(`activity ${++acted}`),
    name: 'promise.kept',
    channel: 'web',
    vouchedBy: 'secret',
    timestamp,
    receivedAt: timestamp > daysAfter(0) ? timestamp : daysAfter(0),
    properties: {},
    standing: {
      offers: 'unknown',
      personalisation: 'unknown',
      inDifficulty: false,
      openApology: false,
      preferences: {},
    },
    ...over,
  };
}

/** A changed score as a message has it, with its cause and without the rest of the activity. */
export interface PublishedChange extends Pick<ScoreChanged, 'customerId' | 'change'> {
  readonly version: number;
  readonly model: string;
  readonly at: string;
  readonly overall: number | null;
  readonly elements: ActivityScored['scores']['elements'];
  readonly cause: Pick<CustomerActed, 'activityId' | 'name' | 'channel' | 'timestamp'>;
}

/** The messages with a changed score. */
export function changesIn(messages: readonly (ActivityScored | ScoreChanged)[]): PublishedChange[] {
  return messages.flatMap((message) => {
    if (!('change' in message)) return [];
    const { customerId, scores, change, activityId, name, channel, timestamp } = message;
    return [{ customerId, ...scores, change, cause: { activityId, name, channel, timestamp } }];
  });
}

/** An activity of a customer who has one member. */
export const anActOf = (name: string, over: Partial<CustomerActed> = {}) =>
  anAct({ customerId: idOf(name), memberId: idOf(`member of ${name}`), ...over });

/** What the service reads: an activity of a customer, or a move of members. */
export type Input = CustomerActed | MoveMessage;
export const dataOf = (input: Input): CustomerActed | Move => ('event' in input ? input.data : input);

const rule = (activity: string, ...signals: RuleDocument['signals']): RuleDocument => ({
  activity,
  signals,
  because: aReason('A rule of the tests.'),
});

/** A model in which every element begins at 50, with the strength of 4 observations. */
export const model: Model = compileModel(
  aModelDocument({
    rules: [
      rule('promise.kept', { element: 'trust', weight: 2, valence: 1 }),
      rule('promise.broken', { element: 'trust', weight: 3, valence: 0 }),
      rule('service.smiled', { element: 'control', weight: 0.01, valence: 1 }),
      rule(
        'order.completed',
        { element: 'value', weight: 1, valence: 0.8 },
        { element: 'efficiency', weight: 1, valence: 0.9 },
      ),
      rule('product.rated', { element: 'relevance', weight: 1, valence: { property: 'rating', zeroAt: 1, oneAt: 5 } }),
    ],
  }),
);
/** The activities for which `model` has a rule. */
export const scoredActivities = ['promise.kept', 'promise.broken', 'service.smiled', 'order.completed'] as const;

/** Equal within 1e-9 of the greater one; sums that have decayed below 1e-290 count as zero. */
export function expectClose(actual: number | null, expected: number | null): void {
  const [one, other] = [actual ?? Number.NaN, expected ?? Number.NaN];
  const isClose = Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other)) + 1e-290;
  if (!isClose) expect(actual).toBe(expected);
}

export function expectSameState(actual: State, expected: State): void {
  const numbers = toNumbers(expected);
  toNumbers(actual).forEach((number, index) => expectClose(number, numbers[index]!));
}
