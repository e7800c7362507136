/** A Kafka cluster of one node, for tests and for trying things out. Its data end with it. */
export interface LocalKafka {
  readonly brokers: string[];
  /** The broker's process, where it is one of this machine. */
  readonly pid?: number;
  stop(): Promise<void>;
}
