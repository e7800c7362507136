import type { DataSource } from 'typeorm';
import type { Stream } from '../stream.ts';

/** Gives the contract suite access to one log of an adapter. */
export interface Harness {
  /** A new connection to the log, like that of another process. The suite closes it. */
  connect(): Promise<Stream>;
  /**
   * Ends a connection as if its process had died: without waiting for running handlers, without a commit, without leaving the group.
   * The messages in progress must be redelivered to another member of its group.
   */
  crash(stream: Stream): Promise<void>;
  /** The database in whose transactions the stream can publish (`atomic`), if it can. */
  readonly database?: DataSource;
  /** Called once, after all connections have been closed. */
  dispose(): Promise<void>;
}

/** Guarantees that differ between adapters. */
export interface Guarantees {
  /** Whether it can publish in a transaction of its users' database. If so, the harness has a database. */
  readonly isAtomic: boolean;
  /** After this time without a heartbeat, a member counts as dead. Absent if there is no such limit. */
  readonly sessionTimeoutMs?: number;
}
