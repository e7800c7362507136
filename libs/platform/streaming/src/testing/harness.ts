import type { DataSource } from 'typeorm';
import type { Stream } from '../stream.ts';

/** What an adapter brings to the contract suite: ways to reach one and the same log. */
export interface Harness {
  /** A new connection to the log, as another process would have it. The suite closes it. */
  connect(): Promise<Stream>;
  /**
   * Ends a connection as the death of its process would: running handlers are not waited for, nothing is committed, nobody is told.
   * What it was working on must come to another member of its group by itself.
   */
  crash(stream: Stream): Promise<void>;
  /** The database in whose transactions the stream can publish (`atomic`), where it can. */
  readonly database?: DataSource;
  /** Called once, after all connections have been closed. */
  dispose(): Promise<void>;
}

/** What not every adapter promises. */
export interface Guarantees {
  /** It can publish in a transaction of its users' database: the harness has one then. */
  readonly isAtomic: boolean;
  /** After so long without a sign of life a member is counted as dead. A handler that takes longer must give one. Left out: there is no such time. */
  readonly sessionTimeoutMs?: number;
}
