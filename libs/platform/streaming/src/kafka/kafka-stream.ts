import type { Kafka, KafkaConfig } from 'kafkajs';
import { deadLetterTopic } from '../dead-letter.ts';
import { assertPublishable } from '../publishable.ts';
import type { Message, Stream } from '../stream.ts';
import { createTopics, type NewTopic, withAdmin } from './admin.ts';
import { newClient, patientRetry, quickRetry } from './client.ts';
import { isTransient, reasonOf } from './failure.ts';
import { positionsOf } from './groups.ts';
import { keepTrying } from './keep-trying.ts';
import type { Life } from './life.ts';
import { member } from './member.ts';
import { publisher } from './publish.ts';
import { type Sockets, sockets } from './sockets.ts';
import { tail } from './tail.ts';
import { unlessAborted, within } from '../waiting.ts';

export interface KafkaStreamOptions {
  /** `host:port` of some brokers of the cluster; they name the others. */
  readonly brokers: readonly string[];
  /** Names this process in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  readonly log?: (line: string) => void;
  /** After so long without a sign of life a member's partitions go to others. */
  readonly sessionTimeoutMs?: number;
  /** How long to wait for an answer of a broker. A publication without one is rejected after at most twice this time. */
  readonly requestTimeoutMs?: number;
  /** How long `close` waits for running handlers. */
  readonly closePatienceMs?: number;
  /** gzip halves the traffic, and costs half as much CPU again. */
  readonly compression?: 'none' | 'gzip';
  /** Where to connect through. Tests rehearse outages with it. */
  readonly sockets?: Sockets;
}

const defaults = {
  sessionTimeoutMs: 10_000,
  requestTimeoutMs: 10_000,
  closePatienceMs: 5_000,
  compression: 'none' as const,
  log: () => undefined,
};
const longestCheckMs = 3_000;
const lastGoodbyesMs = 1_000;

/** The stream on a Kafka cluster, 2.4 or later. It connects when it is first used. */
export function kafkaStream(options: KafkaStreamOptions): Stream {
  const settings = { ...defaults, sockets: sockets(), ...options };
  const { requestTimeoutMs, compression, closePatienceMs } = settings;
  const [closing, givingUp] = [new AbortController(), new AbortController()];
  const kafka = newClient(settings, quickRetry);
  const newKafka = () => newClient(settings, patientRetry);
  const life: Life = { ...settings, kafka, newKafka, closing: closing.signal, givingUp: givingUp.signal };
  const producer = publisher({ kafka, patienceMs: requestTimeoutMs, compression });
  /** They end with the stream; what they say then is of no interest. */
  const readers: Promise<void>[] = [];
  const start = (reader: Promise<void>) => void readers.push(reader.catch(() => undefined));

  const publish = async (topic: string, messages: readonly Message[]) => {
    assertPublishable(topic, messages);
    await producer.publish(topic, messages);
  };
  return {
    publish,
    prepare: (topics) => prepare(topics, life),
    positions: (topic) => withAdmin(kafka, (admin) => positionsOf(admin, topic)),
    check: () => check(kafka, Math.min(longestCheckMs, requestTimeoutMs)),
    async subscribe(subscription) {
      start(member(subscription, life, (messages) => publish(deadLetterTopic, messages)));
    },
    async tail(topic, listener) {
      const started = new Promise<void>((resolve) => start(tail(topic, listener, life, resolve)));
      await unlessAborted(closing.signal, started);
    },
    async close() {
      closing.abort();
      const left = Promise.all(readers);
      await within(closePatienceMs, left);
      givingUp.abort();
      await within(lastGoodbyesMs, left.then(producer.close));
      settings.sockets.cut();
    },
  };
}

/** Waits for a cluster that is still starting, as it does when everything is started together. */
async function prepare(topics: readonly NewTopic[], { kafka, log, closing }: Life): Promise<void> {
  const isHopeless = (error: unknown) => !isTransient(error);
  await keepTrying(() => withAdmin(kafka, (admin) => createTopics(admin, topics)), {
    name: 'preparing topics',
    log,
    closing,
    isHopeless,
  });
}

async function check(kafka: Kafka, ms: number): Promise<void> {
  const question = withAdmin(kafka, (admin) => admin.describeCluster());
  const answer = await within(ms, question).catch((error) => {
    throw new Error(`Kafka does not answer: ${reasonOf(error)}`, { cause: error });
  });
  if (!answer) throw new Error(`Kafka does not answer within ${ms} ms`);
}
