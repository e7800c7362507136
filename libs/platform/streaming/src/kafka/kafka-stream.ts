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
import { within } from '../waiting.ts';

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
  /** gzip halves the traffic and costs about as much CPU as all the rest of publishing. */
  readonly compression?: 'none' | 'gzip';
  /** Where to connect through. Tests rehearse outages with it. */
  readonly sockets?: Sockets;
}

const checkMs = 3_000;
const lastGoodbyesMs = 1_000;

/** The stream on a Kafka cluster, 2.4 or later. It connects when it is first used. */
export function kafkaStream(options: KafkaStreamOptions): Stream {
  const {
    sessionTimeoutMs = 10_000,
    requestTimeoutMs = 10_000,
    closePatienceMs = 5_000,
    compression = 'none',
  } = options;
  const { log = () => undefined, sockets: network = sockets() } = options;
  const [closing, givingUp] = [new AbortController(), new AbortController()];
  const client = { ...options, requestTimeoutMs, sockets: network, log };
  const newKafka = () => newClient({ ...client, retry: patientRetry });
  const kafka = newClient({ ...client, retry: quickRetry });
  const producer = publisher({ kafka, patienceMs: requestTimeoutMs, compression });
  const life: Life = { newKafka, sessionTimeoutMs, log, closing: closing.signal, givingUp: givingUp.signal };
  const readers: Promise<void>[] = [];

  /** Readers end with the stream; what they say then is of no interest. */
  const start = (reader: Promise<void>) => {
    const ended = reader.catch(() => undefined);
    readers.push(ended);
    return ended;
  };
  const publish = async (topic: string, messages: readonly Message[]) => {
    assertPublishable(topic, messages);
    await producer.publish(topic, messages);
  };

  return {
    publish,
    prepare: (topics) => prepare(kafka, topics, life),
    positions: (topic) => withAdmin(kafka, (admin) => positionsOf(admin, topic)),
    check: () => check(kafka),
    async subscribe(subscription) {
      void start(member(subscription, life, (messages) => publish(deadLetterTopic, messages)));
    },
    tail: (topic, listener) =>
      new Promise((resolve, reject) => {
        const ended = start(tail(topic, listener, life, resolve));
        void ended.then(() => reject(new Error('The stream was closed.')));
      }),
    async close() {
      closing.abort();
      const left = Promise.all(readers);
      await within(closePatienceMs, left);
      givingUp.abort();
      await within(lastGoodbyesMs, left.then(producer.close));
      network.cut();
    },
  };
}

/** Waits for a cluster that is still starting, as it does when everything is started together. */
async function prepare(kafka: Kafka, topics: readonly NewTopic[], { log, closing }: Life): Promise<void> {
  const isHopeless = (error: unknown) => !isTransient(error);
  await keepTrying(() => withAdmin(kafka, (admin) => createTopics(admin, topics)), {
    name: 'preparing topics',
    log,
    closing,
    isHopeless,
  });
}

async function check(kafka: Kafka): Promise<void> {
  const answer = await within(
    checkMs,
    withAdmin(kafka, (admin) => admin.describeCluster()),
  ).catch((error) => {
    throw new Error(`Kafka does not answer: ${reasonOf(error)}`, { cause: error });
  });
  if (!answer) throw new Error(`Kafka does not answer within ${checkMs / 1_000} s`);
}
