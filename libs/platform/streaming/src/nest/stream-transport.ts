import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Outcome } from '../outcome.ts';
import type { Stream, Subscription } from '../stream.ts';
import { compose, type Middleware, type Step } from '../middleware/compose.ts';
import { type DecodedHandler, decoding } from '../middleware/decode.ts';
import type { HandlerOptions } from './handles.ts';

/** A handler of decoded events, or of messages. */
type BatchHandler = (batch: readonly unknown[]) => Promise<readonly Outcome[]>;

/** A transport of `@nestjs/microservices` on the stream: every method with `@Handles` becomes a subscription. */
export interface StreamTransport extends CustomTransportStrategy {
  /** The groups of all added handlers. */
  groups(): readonly string[];
  addHandler(
    pattern: string,
    handler: MessageHandler,
    isEventHandler: boolean,
    extras: { handlerOptions?: HandlerOptions },
  ): void;
}

/** `middleware` wraps each handler, the first outermost; decoding is always the innermost. `storeDeadLetters` stores the dead letters of all handlers. */
export function streamTransport(
  stream: Stream,
  middleware: readonly Middleware[],
  storeDeadLetters?: Subscription['storeDeadLetters'],
): StreamTransport {
  const groups = new Set<string>();
  /** The handlers that are not subscribed yet. */
  const handlers: { handlerOptions: HandlerOptions; handle: BatchHandler }[] = [];
  const subscribe = ({ handlerOptions: { topic, ...options }, handle }: (typeof handlers)[number]) => {
    const handler = compose(
      middleware,
      'events' in topic ? decoding(topic, handle as DecodedHandler) : (handle as Step),
    );
    const context = { topic: topic.name, group: options.group };
    return stream.subscribe({
      topic: topic.name,
      ...options,
      handler: (batch) => handler(batch, context),
      ...(storeDeadLetters && { storeDeadLetters }),
    });
  };
  return {
    transportId: Symbol('sestante-stream'),
    groups: () => [...groups],

    addHandler(pattern, handler, _isEventHandler, { handlerOptions }) {
      if (!handlerOptions) throw new Error(`The handler of ${pattern} is not declared with @Handles.`);
      groups.add(handlerOptions.group);
      handlers.push({ handlerOptions, handle: (batch) => outcomesOf(handler(batch)) });
    },

    /** May be called again after a failure: it continues with the handlers that are not subscribed yet. */
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

    /** The application closes the stream itself, after the last response. */
    close: () => undefined,
  };
}

async function outcomesOf(result: ReturnType<MessageHandler>): Promise<readonly Outcome[]> {
  const awaited: unknown = await result;
  return (isObservable(awaited) ? await lastValueFrom(awaited) : awaited) as readonly Outcome[];
}
