import type { ClientBase } from 'pg';
import type { Outcome } from './outcome.ts';

/** A message to publish. Messages with the same key are delivered in the order in which they were published. */
export interface Message {
  /** Decides the partition: murmur2 of the UTF-8 bytes, as Kafka's own default partitioner. Never empty. */
  readonly key: string;
  /** The body, as UTF-8 text. At most 1 MiB. */
  readonly value: string;
  /** Small texts about the message; CloudEvents attributes travel here as `ce_*`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A message as a subscriber gets it. */
export interface Delivery extends Message {
  readonly topic: string;
  readonly partition: number;
  /** Position in its partition, from 0, growing. A position is never given to a second message. */
  readonly offset: number;
  /** When the stream took the message, in milliseconds since 1970. */
  readonly publishedAt: number;
}

/**
 * Takes messages of one partition or of several, those of each in their order, and says what became of each: `outcomes[i]` belongs to
 * `batch[i]`. It must bear redelivery: after a crash, or after a `retry` before it in its partition, a message that was `done` comes again.
 * A handler that throws has decided nothing: the whole batch comes again after a pause.
 */
export type Handler = (batch: readonly Delivery[]) => Promise<readonly Outcome[]>;

/** A message that a group could not use: the message as it came first, and why not. */
export interface DeadLetter {
  readonly group: string;
  readonly delivery: Delivery;
  readonly reason: string;
}

export interface Subscription {
  readonly topic: string;
  /** Subscriptions of one group share the partitions: a message goes to one of them. A new group starts at the beginning. */
  readonly group: string;
  readonly handler: Handler;
  /** The most messages in one batch. */
  readonly batchSize?: number;
  /**
   * A hint, for the first of several groups in a row: rest after a batch as long as it took, so that the next one has grown. Those behind it
   * find its batches. An adapter whose server gathers may ignore it.
   */
  readonly isPaced?: boolean;
  /** Keeps what the handler can never use. Rejects where it cannot: then they come again, as they do where nothing is given here. */
  readonly keepDeadLetters?: (letters: readonly DeadLetter[]) => Promise<void>;
}

/** Where one group stands in one partition. `end` is the offset that the next message will get, `committed` the next one that the group will read. */
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

/** Of a stream that lies in the database of its publishers' effects: what is published in their transaction is there when they are, or not at all. */
export interface AtomicPublishing {
  /**
   * Publishes in a transaction of that database, to one topic or several, and holds the partitions until it ends: to be called last, once. Resolves
   * to a function to call after the commit, so that subscribers are notified at once.
   */
  publishWith(client: ClientBase, publications: readonly Publication[]): Promise<() => void>;
}

/** The port: a durable, partitioned log with consumer groups. Every adapter passes the contract suite of `./testing`. */
export interface Stream {
  /** Creates the topics that are missing. Existing ones stay as they are. */
  prepare(topics: readonly { readonly name: string; readonly partitions: number }[]): Promise<void>;
  /** Resolves once all messages are on durable storage. A rejection means *unknown*: some may be there, and are not taken back. */
  publish(topic: string, messages: readonly Message[]): Promise<void>;
  /** Undefined where the stream cannot publish in a transaction of its users' database. `unitOfWork` publishes either way. */
  readonly atomic?: AtomicPublishing;
  /**
   * Delivers at least once, in order per key, and never two batches of a partition at a time. Progress is committed up to the first `retry` of a
   * partition, where delivery goes on after a pause; a `deadLetter` is kept first. A lost connection is retried for ever.
   */
  subscribe(subscription: Subscription): Promise<void>;
  /** Calls `listener` with what is published from now on, in every process that tails. For live views only: nothing is committed, retried or caught up. */
  tail(topic: string, listener: (batch: readonly Delivery[]) => void): Promise<void>;
  /** The positions of all groups that ever subscribed to the topic; a topic without groups gives its ends under the group ''. */
  positions(topic: string): Promise<readonly Position[]>;
  /** Rejects, with the reason, while messages cannot be published. */
  check(): Promise<void>;
  /** Lets running handlers end, commits them, and leaves. */
  close(): Promise<void>;
}
