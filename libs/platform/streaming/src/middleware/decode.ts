import { type EventOf, InvalidMessage, open, type Topic } from '@sestante/contracts';
import { isPossibleRepeat } from '../possible-repeat.ts';
import { deadLetter, type Outcome } from '../outcome.ts';
import type { Step } from './compose.ts';

/** An event of a topic with its partition and offset. */
export type Received<T extends Topic> = EventOf<T> & {
  readonly partition: number;
  readonly offset: number;
  /** Whether its producer may have published it before. */
  readonly isPossibleRepeat: boolean;
  /** The data as the JSON that was received. */
  readonly text?: string;
};

/** A handler of decoded events. */
export type DecodedHandler<T extends Topic = Topic> = (batch: readonly Received<T>[]) => Promise<readonly Outcome[]>;

/** Decodes the messages of the topic for the handler. Messages that violate the contract become dead letters; the others are handled. */
export function decoding<T extends Topic>(topic: T, handler: DecodedHandler<T>): Step {
  return async (batch) => {
    const events: Received<T>[] = [];
    const invalid = new Map<number, Outcome>();
    for (const [index, delivery] of batch.entries()) {
      try {
        const { partition, offset, value: text } = delivery;
        const event = open(topic, delivery);
        events.push({ ...event, partition, offset, isPossibleRepeat: isPossibleRepeat(delivery), text });
      } catch (error) {
        if (!(error instanceof InvalidMessage)) throw error;
        invalid.set(index, deadLetter(error.message));
      }
    }
    const outcomes = events.length > 0 ? await handler(events) : [];
    if (invalid.size === 0) return outcomes;
    let handled = 0;
    return batch.map((_, index) => invalid.get(index) ?? outcomes[handled++]!);
  };
}
