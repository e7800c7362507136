import {
  type ActivityScored,
  type Envelope,
  type ScoreChanged,
  seal,
  sealMove,
  topics,
  withFields,
} from '@sestante/contracts';
import { type Batch, toPossibleRepeat } from '@sestante/streaming';

type Events = Batch<typeof topics.customers>;
export type ActedEvent = Extract<Events[number], { event: 'CustomerActed' }>;
export type ErasedEvent = Extract<Events[number], { event: 'CustomerErased' }>;
export type MoveEvent = Exclude<Events[number], ActedEvent | ErasedEvent>;

/** The message about an activity with its scores. */
export function scoredMessage(data: ActivityScored | ScoreChanged, acted: ActedEvent): Envelope {
  const { activityId: id, customerId: key } = data;
  const text = textOf(data, acted);
  return 'change' in data
    ? seal(topics.scores, { event: 'ScoreChanged', id, key, data, text })
    : seal(topics.scores, { event: 'ActivityScored', id, key, data, text });
}

/** The text of the activity with its scores: most of it is the text that was received. Not of a late activity, which has another customer. */
function textOf(message: ActivityScored | ScoreChanged, { data, text }: ActedEvent): string | undefined {
  if (text === undefined || message.customerId !== data.customerId || message.moves !== data.moves) return undefined;
  const { scores } = message;
  return withFields(text, 'change' in message ? { scores, change: message.change } : { scores });
}

/**
 * The messages about a move. Both are passed on together, also if the batch has one of the two: so readers of either id learn of the move before they read a
 * score that it changed. The other one passes both on once more, so they are possible repeats.
 */
export function moveMessages(event: MoveEvent): Envelope[] {
  return sealMove(topics.scores, event).map(toPossibleRepeat);
}
