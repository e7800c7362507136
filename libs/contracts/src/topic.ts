import type { Static, TSchema } from 'typebox';

/** One kind of message on a topic: its CloudEvents type, its schema, when it is emitted, and an example that the schema accepts. */
export interface EventType<S extends TSchema = TSchema> {
  /** The CloudEvents `type`. The last part is the version of the schema, which only increases. */
  readonly type: string;
  readonly description: string;
  readonly schema: S;
  readonly example: Static<S>;
}

/** A declared stream. Types, validation, topic creation and AsyncAPI derive from it. */
export interface Topic<E extends Readonly<Record<string, EventType>> = Readonly<Record<string, EventType>>> {
  readonly name: string;
  /** The meaning of the message key. Messages with the same key keep their order. */
  readonly key: string;
  readonly producer: string;
  /** Further services that publish on the topic. */
  readonly otherProducers?: readonly string[];
  readonly consumers: readonly string[];
  /** Whether it is for systems outside: then no service need read it. */
  readonly isForOthers?: boolean;
  readonly description: string;
  readonly events: E;
}

/** A stream on which external systems write. Its consumers validate each message. */
export interface ForeignTopic {
  readonly name: string;
  readonly consumers: readonly string[];
  readonly description: string;
}

export type EventName<T extends Topic> = keyof T['events'] & string;
export type DataOf<T extends Topic, N extends EventName<T>> = Static<T['events'][N]['schema']>;

/** A message of a topic, as read by its consumers. */
export type EventOf<T extends Topic> = {
  [N in EventName<T>]: { readonly event: N; readonly id: string; readonly data: DataOf<T, N> };
}[EventName<T>];

/** Declares an event type. It infers the type of the example from the schema. */
export function eventType<S extends TSchema>(declaration: EventType<S>): EventType<S> {
  return declaration;
}
