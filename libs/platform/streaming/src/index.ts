export { coalescing } from './coalesce.ts';
export { appliedOffsetTable } from './effects/applied-offsets.ts';
export { EffectsOnce, type Progress } from './effects/effects-once.ts';
export { toPossibleRepeat } from './possible-repeat.ts';
export { unitOfWork } from './effects/unit-of-work.ts';
export type { Credentials } from './kafka/access/sasl.ts';
export { type KafkaStreamOptions, kafkaStream } from './kafka/kafka-stream.ts';
export { TopicsNotReady } from './kafka/topics/check.ts';
export type { HandlerContext, Middleware } from './middleware/compose.ts';
export { isolating } from './middleware/isolate.ts';
export { measuring, type Observation } from './middleware/measure.ts';
export { redriving } from './middleware/redriving.ts';
export { firstOfEach } from './nest/first-of-each.ts';
export { splitAround } from './nest/split-around.ts';
export { type Batch, Handles, HandlesForeign } from './nest/handles.ts';
export { type StreamTransport, streamTransport } from './nest/stream-transport.ts';
export { type Outcome, deadLetter, done, retry } from './outcome.ts';
export { migrations as streamMigrations } from './postgres/migrations.ts';
export { type PostgresStreamOptions, postgresStream } from './postgres/postgres-stream.ts';
export { usualRetention } from './postgres/retention.ts';
export { largestValueBytes, UnpublishableMessage } from './publishable.ts';
export { toRedriven } from './redrive.ts';
export type {
  AtomicPublishing,
  DeadLetter,
  Delivery,
  Handler,
  Message,
  Position,
  Publication,
  Stream,
  Subscription,
} from './stream.ts';
