export { gate, type Gate } from './gate.ts';
export { eventually } from './eventually.ts';
export type { Guarantees, Harness } from './harness.ts';
export { aDelivery, aMessage, give } from './messages.ts';
export { collect, each, type Probe } from './probe.ts';
export { recordingStream, type WayToPublish, waysToPublish } from './recording-stream.ts';
export { skipOrFail } from './skip-or-fail.ts';
export { streamContract } from './stream.contract.ts';
export { type KafkaForTests, type SecuredKafka, withKafka, withSecuredKafka } from './with-kafka.ts';
