import type { Subscription } from '../stream.ts';
import { consume, heartbeatMsOf } from './consume.ts';
import { deliverTo } from './deliver.ts';
import { retryWithLog } from './retry-with-log.ts';
import type { KafkaContext } from './kafka-context.ts';

/** Consumes as a member of a group until the stream closes. Joins again after errors of the consumer or of brokers. */
export async function member(subscription: Subscription, context: KafkaContext): Promise<void> {
  const { topic, group } = subscription;
  const { newKafka, names, refusals, log, closing, givingUp, sessionTimeoutMs } = context;
  const heartbeatMs = heartbeatMsOf(sessionTimeoutMs);
  const eachBatch = deliverTo({ subscription, heartbeatMs, log, givingUp });
  const join = (onWorking: () => void) =>
    consume(newKafka(), {
      topic: names.topic(topic),
      groupId: names.group(group, topic),
      startAt: 'beginning',
      sessionTimeoutMs,
      closing,
      onJoin: onWorking,
      eachBatch,
    });
  await retryWithLog(join, { name: `${group} on ${topic}`, log, closing, refusals });
}
