import type { Kafka } from 'kafkajs';
import type { Names } from './names.ts';
import type { Refusals } from './refusals.ts';

/** What the readers of one stream share for as long as it is open. */
export interface Life {
  /** For questions to the cluster. */
  readonly kafka: Kafka;
  /** A client of its own for each member of a group: kafkajs keeps the offsets of a group per client. */
  readonly newKafka: () => Kafka;
  readonly names: Names;
  readonly refusals: Refusals;
  readonly sessionTimeoutMs: number;
  readonly log: (line: string) => void;
  /** Aborted when the stream closes: running handlers end, and no new ones start. */
  readonly closing: AbortSignal;
  /** Aborted when running handlers are not waited for any longer. What they were given is not committed. */
  readonly givingUp: AbortSignal;
}
