import { type ArgumentsHost, applyDecorators, Catch, type RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { ForeignTopic, Topic } from '@sestante/contracts';
import type { Received } from '../middleware/decode.ts';
import type { Outcome } from '../outcome.ts';
import type { Delivery, Subscription } from '../stream.ts';

/** A batch of events of one partition or of several, each partition in order. */
export type Batch<T extends Topic> = readonly Received<T>[];

/** The topic and the options of a decorated method. */
export interface HandlerOptions extends Options {
  readonly topic: Topic | ForeignTopic;
}

type Options = Pick<Subscription, 'group' | 'batchSize' | 'isPaced'>;

/** Nest replaces unknown errors by "Internal server error"; the middleware needs the original error. */
@Catch()
class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => exception);
  }
}

type Method<B> = (batch: B) => Promise<readonly Outcome[]>;
type Decorate<B> = (target: object, property: string, descriptor: TypedPropertyDescriptor<Method<B>>) => void;

/**
 * Declares a method of a controller as the handler of a topic for a consumer group. It takes a batch of events and returns an outcome for each.
 * Delivery is at least once and in order per key; see `Handler`.
 */
export function Handles<T extends Topic>(topic: T, options: Options): Decorate<Batch<T>> {
  return handles({ topic, ...options });
}

/** The same for a topic of other producers: its messages are not decoded. */
export function HandlesForeign(topic: ForeignTopic, options: Options): Decorate<readonly Delivery[]> {
  return handles({ topic, ...options });
}

function handles<B>(handlerOptions: HandlerOptions): Decorate<B> {
  const decorate = applyDecorators(
    MessagePattern(`${handlerOptions.topic.name}@${handlerOptions.group}`, undefined, { handlerOptions }),
    UseFilters(RethrowFilter),
  );
  return (target, property, descriptor) => decorate(target, property, descriptor as TypedPropertyDescriptor<unknown>);
}
