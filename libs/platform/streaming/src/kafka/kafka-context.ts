import type { Kafka } from 'kafkajs';
import type { Names } from './names.ts';
import type { Refusals } from './refusals.ts';

/** The clients, settings and signals that the readers of one stream share. */
export interface KafkaContext {
  /** For admin requests. */
  readonly kafka: Kafka;
  /** Creates a client for each member of a group: kafkajs stores the offsets of a group per client. */
  readonly newKafka: () => Kafka;
  readonly names: Names;
  readonly refusals: Refusals;
  readonly sessionTimeoutMs: number;
  readonly log: (line: string) => void;
  /** Aborted when the stream closes: running handlers end, and no new ones start. */
  readonly closing: AbortSignal;
  /** Aborted when the stream stops waiting for running handlers. Their batches are not committed. */
  readonly givingUp: AbortSignal;
}
