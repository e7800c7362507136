import type { Subscription } from '../stream.ts';
import { consume, heartbeatMsOf } from './consume.ts';
import { delivering } from './deliver.ts';
import { keepTrying } from './keep-trying.ts';
import type { Life } from './life.ts';

/** Takes part in a group until the stream closes, through crashes of the consumer and of the brokers. */
export async function member(subscription: Subscription, life: Life): Promise<void> {
  const { topic, group } = subscription;
  const { newKafka, names, refusals, log, closing, givingUp, sessionTimeoutMs } = life;
  const heartbeatMs = heartbeatMsOf(sessionTimeoutMs);
  const eachBatch = delivering({ subscription, heartbeatMs, log, givingUp });
  const takePart = (works: () => void) =>
    consume(newKafka(), {
      topic: names.topic(topic),
      groupId: names.group(group, topic),
      startAt: 'beginning',
      sessionTimeoutMs,
      closing,
      onJoin: works,
      eachBatch,
    });
  await keepTrying(takePart, { name: `${group} on ${topic}`, log, closing, refusals });
}
