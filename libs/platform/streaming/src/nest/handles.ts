import { type ArgumentsHost, applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { Topic } from '@sestante/contracts';
import type { Received } from '../middleware/decode.ts';
import type { Outcome } from '../outcome.ts';
import type { Subscription } from '../stream.ts';

/** What a handler of a topic gets: events of one partition or of several, those of each in their order. */
export type Batch<T extends Topic> = readonly Received<T>[];

/** Where a decorated method listens. */
export interface Listening extends Options {
  readonly topic: Topic;
}

type Options = Pick<Subscription, 'group' | 'batchSize' | 'isPaced'>;

/** Nest hides unknown errors behind "Internal server error"; the middleware needs to see what really happened. */
@Catch()
class PassOn implements RpcExceptionFilter {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

type BatchMethod<T extends Topic> = (batch: Batch<T>) => Promise<readonly Outcome[]>;

/**
 * Declares a controller's method as the handler of a topic for a consumer group: a batch of events in, an outcome for each out.
 * Delivery is at least once and in order per key; see `Handler`.
 */
export function Handles<T extends Topic>(topic: T, options: Options) {
  const listening: Listening = { topic, ...options };
  return (target: object, property: string, descriptor: TypedPropertyDescriptor<BatchMethod<T>>): void => {
    const decorate = applyDecorators(
      MessagePattern(`${topic.name}@${options.group}`, undefined, { listening }),
      UseFilters(PassOn),
    );
    decorate(target, property, descriptor as TypedPropertyDescriptor<unknown>);
  };
}
