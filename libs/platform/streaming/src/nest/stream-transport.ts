import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Outcome } from '../outcome.ts';
import type { Stream, Subscription } from '../stream.ts';
import { compose, type Middleware, type Step } from '../middleware/compose.ts';
import { type DecodedHandler, decoding } from '../middleware/decode.ts';
import type { Listening } from './handles.ts';

/** Of opened events, or of messages as they are. */
type BatchHandler = (batch: readonly unknown[]) => Promise<readonly Outcome[]>;

/** A transport of `@nestjs/microservices` around the stream: every method that `@Handles` a topic becomes a subscription. */
export interface StreamTransport extends CustomTransportStrategy {
  /** The groups of its handlers, once they have been added. */
  groups(): readonly string[];
  addHandler(
    pattern: string,
    handler: MessageHandler,
    isEventHandler: boolean,
    extras: { listening?: Listening },
  ): void;
}

/** `middleware` surrounds each handler, the first outermost; decoding is always the innermost. Dead letters of all of them are kept by `keepDeadLetters`. */
export function streamTransport(
  stream: Stream,
  middleware: readonly Middleware[],
  keepDeadLetters?: Subscription['keepDeadLetters'],
): StreamTransport {
  const groups = new Set<string>();
  /** Those that are not subscribed yet. */
  const handlers: { listening: Listening; handle: BatchHandler }[] = [];
  const subscribe = ({ listening: { topic, ...options }, handle }: (typeof handlers)[number]) => {
    const handler = compose(
      middleware,
      'events' in topic ? decoding(topic, handle as DecodedHandler) : (handle as Step),
    );
    const where = { topic: topic.name, group: options.group };
    return stream.subscribe({
      topic: topic.name,
      ...options,
      handler: (batch) => handler(batch, where),
      ...(keepDeadLetters && { keepDeadLetters }),
    });
  };
  return {
    transportId: Symbol('sestante-stream'),
    groups: () => [...groups],

    addHandler(pattern, handler, _isEventHandler, { listening }) {
      if (!listening) throw new Error(`The handler of ${pattern} is not declared with @Handles.`);
      groups.add(listening.group);
      handlers.push({ listening, handle: (batch) => outcomesOf(handler(batch)) });
    },

    /** May be called again after it failed: it goes on with what is missing. */
    async listen(callback) {
      try {
        while (handlers[0]) {
          await subscribe(handlers[0]);
          handlers.shift();
        }
        callback();
      } catch (error) {
        callback(error);
      }
    },

    /** The stream belongs to the application, which closes it after its last answer. */
    close: () => undefined,
  };
}

async function outcomesOf(result: ReturnType<MessageHandler>): Promise<readonly Outcome[]> {
  const awaited: unknown = await result;
  return (isObservable(awaited) ? await lastValueFrom(awaited) : awaited) as readonly Outcome[];
}
