import { type ArgumentsHost, applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { ForeignTopic, Topic } from '@sestante/contracts';
import type { Received } from '../middleware/decode.ts';
import type { Outcome } from '../outcome.ts';
import type { Delivery, Subscription } from '../stream.ts';

/** What a handler of a topic gets: events of one partition or of several, those of each in their order. */
export type Batch<T extends Topic> = readonly Received<T>[];

/** Where a decorated method listens. */
export interface Listening extends Options {
  readonly topic: Topic | ForeignTopic;
}

type Options = Pick<Subscription, 'group' | 'batchSize' | 'isPaced'>;

/** Nest hides unknown errors behind "Internal server error"; the middleware needs to see what really happened. */
@Catch()
class PassOn implements RpcExceptionFilter {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

type Method<B> = (batch: B) => Promise<readonly Outcome[]>;
type Decorate<B> = (target: object, property: string, descriptor: TypedPropertyDescriptor<Method<B>>) => void;

/**
 * Declares a controller's method as the handler of a topic for a consumer group: a batch of events in, an outcome for each out.
 * Delivery is at least once and in order per key; see `Handler`.
 */
export function Handles<T extends Topic>(topic: T, options: Options): Decorate<Batch<T>> {
  return listens({ topic, ...options });
}

/** The same for a topic on which others write: its messages come as they are. */
export function HandlesForeign(topic: ForeignTopic, options: Options): Decorate<readonly Delivery[]> {
  return listens({ topic, ...options });
}

function listens<B>(listening: Listening): Decorate<B> {
  const decorate = applyDecorators(
    MessagePattern(`${listening.topic.name}@${listening.group}`, undefined, { listening }),
    UseFilters(PassOn),
  );
  return (target, property, descriptor) => decorate(target, property, descriptor as TypedPropertyDescriptor<unknown>);
}
