import type { ClientBase } from 'pg';
import type { Outcome } from './outcome.ts';

/** A message to publish. Messages with the same key are delivered in the order in which they were published. */
export interface Message {
  /** Determines the partition: murmur2 of the UTF-8 bytes, like Kafka's default partitioner. Never empty. */
  readonly key: string;
  /** The body, as UTF-8 text. At most 1 MiB. */
  readonly value: string;
  /** Small texts about the message, such as the CloudEvents attributes as `ce_*`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The event in `value`, already parsed. A stream may hand it over to readers in the same process, who must not change it. It is not stored. */
  readonly opened?: { readonly event: string; readonly data: unknown };
}

/** A delivered message. */
export interface Delivery extends Message {
  readonly topic: string;
  readonly partition: number;
  /** Position in its partition, from 0, increasing. Each position is used once. */
  readonly offset: number;
  /** When the stream stored the message, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/**
 * Handles messages of one partition or of several, each partition in order, and returns an outcome for each: `outcomes[i]` belongs to `batch[i]`.
 * It must be idempotent: after a crash, or after a `retry` of an earlier message in the partition, a message that was `done` is redelivered.
 * If a handler throws, the whole batch is redelivered after a pause.
 */
export type Handler = (batch: readonly Delivery[]) => Promise<readonly Outcome[]>;

/** A message that a group could not handle, in its original form, with the reason. */
export interface DeadLetter {
  readonly group: string;
  readonly delivery: Delivery;
  readonly reason: string;
}

/** Large batches share the cost of their statements and of their commit. */
export const defaultBatchSize = 2_000;

export interface Subscription {
  readonly topic: string;
  /** Subscriptions of one group share the partitions: each message is delivered to one of them. A new group starts at the beginning. */
  readonly group: string;
  readonly handler: Handler;
  /** The largest number of messages in one batch; `defaultBatchSize` if absent. */
  readonly batchSize?: number;
  /**
   * A hint for the first of several groups in a pipeline: pause after a batch as long as it took, so that the next batch is larger. Later groups
   * get batches of the same size. An adapter whose server collects batches may ignore it.
   */
  readonly isPaced?: boolean;
  /** Stores dead letters. If it rejects, or is absent, the messages are redelivered. */
  readonly storeDeadLetters?: (letters: readonly DeadLetter[]) => Promise<void>;
}

/** The position of a group in a partition. `end` is the offset of the next message to be published, `committed` that of the next one that the group will read. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly group: string;
  readonly end: number;
  readonly committed: number;
}

/** Messages for one topic. */
export interface Publication {
  readonly topic: string;
  readonly messages: readonly Message[];
}

/** For a stream in the same database as the effects of its publishers: messages are published in the transaction of the effects, or not at all. */
export interface AtomicPublishing {
  /**
   * Publishes to one topic or several in a transaction of that database, and locks the partitions until it ends. Call it once, as the last step.
   * Resolves to a function to call after the commit, which notifies subscribers.
   */
  publishWith(client: ClientBase, publications: readonly Publication[]): Promise<() => void>;
}

/** The port: a durable, partitioned log with consumer groups. Every adapter passes the contract suite of `./testing`. */
export interface Stream {
  /** Creates missing topics. Existing ones are not changed. */
  prepare(topics: readonly { readonly name: string; readonly partitions: number }[]): Promise<void>;
  /** Resolves once all messages are on durable storage. A rejection means *unknown*: some messages may have been stored. */
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  /** Undefined if the stream cannot publish in a transaction of its users' database. `unitOfWork` supports both. */
  readonly atomic?: AtomicPublishing;
  /**
   * Delivers at least once, in order per key, and never two batches of a partition at the same time. Progress is committed up to the first `retry` of
   * a partition, where delivery resumes after a pause. Dead letters are stored before the commit. A lost connection is retried without limit.
   */
  subscribe(subscription: Subscription): Promise<void>;
  /** Calls `listener` with messages published from now on, in every process that calls it. For live views only: nothing is committed or retried. */
  tail(topic: string, listener: (batch: readonly Delivery[]) => void): Promise<void>;
  /** The positions of all groups that have ever subscribed to the topic; for a topic without groups, its ends with the group ''. */
  positions(topic: string): Promise<readonly Position[]>;
  /** Rejects, with the reason, while messages cannot be published. */
  check(): Promise<void>;
  /** Waits for running handlers, commits them, and disconnects. */
  close(): Promise<void>;
}
