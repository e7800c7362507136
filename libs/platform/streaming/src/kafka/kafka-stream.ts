// Before kafkajs.
import './wire/install.ts';
import type { Admin, KafkaConfig } from 'kafkajs';
import { assertPublishable } from '../publishable.ts';
import type { Message, Stream } from '../stream.ts';
import { type Credentials, saslOf } from './access/sasl.ts';
import { withAdmin } from './admin.ts';
import { checkOf } from './check-cluster.ts';
import { newClient, patientRetry, quickRetry } from './client.ts';
import { isTransient, reasonOf } from './failure.ts';
import { positionsOf } from './groups.ts';
import { retryWithLog } from './retry-with-log.ts';
import type { KafkaContext } from './kafka-context.ts';
import { member } from './member.ts';
import { namesWith } from './names.ts';
import { publisher } from './publish.ts';
import { refusals } from './refusals.ts';
import { type Sockets, sockets } from './sockets.ts';
import { tail } from './tail.ts';
import { checkTopics, TopicsNotReady } from './topics/check.ts';
import { createTopics } from './topics/create.ts';
import { type NewTopic, wantedTopics } from './topics/wanted.ts';
import { unlessAborted, within } from '../waiting.ts';

export interface KafkaStreamOptions {
  /** `host:port` of some brokers of the cluster; the others are discovered. */
  readonly brokers: readonly string[];
  /** The name of this process in the logs and quotas of the brokers. */
  readonly clientId: string;
  /** TLS to the brokers: true, or trusted CAs and a client certificate. */
  readonly ssl?: KafkaConfig['ssl'];
  readonly credentials?: Credentials;
  /** The prefix of the names of all topics and groups in the cluster. */
  readonly prefix?: string;
  /** Whether `prepare` creates missing topics, or only checks them and rejects with `TopicsNotReady`. */
  readonly topics?: 'create' | 'check';
  /** The replication factor of new topics. Default: that of the cluster. */
  readonly replicationFactor?: number;
  readonly log?: (line: string) => void;
  /** After this time without a heartbeat, the partitions of a member are assigned to others. */
  readonly sessionTimeoutMs?: number;
  /** How long to wait for a response of a broker. A publication without one is rejected after at most twice this time. */
  readonly requestTimeoutMs?: number;
  /** How long `close` waits for running handlers. */
  readonly closeTimeoutMs?: number;
  /** gzip halves the traffic, and needs half as much CPU time again. */
  readonly compression?: 'none' | 'gzip';
  /** Opens the network connections. Tests simulate outages with it. */
  readonly sockets?: Sockets;
}

const defaults = {
  sessionTimeoutMs: 10_000,
  requestTimeoutMs: 10_000,
  closeTimeoutMs: 5_000,
  compression: 'none' as const,
  topics: 'create' as const,
  replicationFactor: -1,
  log: () => undefined,
};
const longestCheckMs = 3_000;
const disconnectMs = 1_000;

/** The stream on a Kafka cluster, version 2.4 or later. It connects when it is first used. */
export function kafkaStream(options: KafkaStreamOptions): Stream {
  const { credentials, prefix = '', ...rest } = options;
  const sasl = credentials && { sasl: saslOf(credentials) };
  const settings = { ...defaults, sockets: sockets(), ...sasl, ...rest };
  const { requestTimeoutMs, compression, closeTimeoutMs } = settings;
  const naming = { names: namesWith(prefix), refusals: refusals() };
  const [closing, givingUp] = [new AbortController(), new AbortController()];
  const kafka = newClient(settings, quickRetry);
  const newKafka = () => newClient(settings, patientRetry);
  const context: KafkaContext = {
    ...settings,
    ...naming,
    kafka,
    newKafka,
    closing: closing.signal,
    givingUp: givingUp.signal,
  };
  const producer = publisher({ ...naming, kafka, timeoutMs: requestTimeoutMs, compression });
  /** They end with the stream; their errors at that time are ignored. */
  const readers: Promise<void>[] = [];
  const start = (reader: Promise<void>) => void readers.push(reader.catch(() => undefined));

  const publish = async (topic: string, messages: readonly Message[]) => {
    assertPublishable(topic, messages);
    await producer.publish(topic, messages);
  };
  return {
    publish,
    prepare: (topics) => prepare(topics, context, settings),
    positions: (topic) => withAdmin(kafka, (admin) => positionsOf(admin, topic, context.names)),
    check: checkOf(context, Math.min(longestCheckMs, requestTimeoutMs)),
    async subscribe(subscription) {
      start(member(subscription, context));
    },
    async tail(topic, listener) {
      const started = new Promise<void>((resolve) => start(tail(topic, listener, context, resolve)));
      await unlessAborted(closing.signal, started);
    },
    async close() {
      closing.abort();
      const left = Promise.all(readers);
      await within(closeTimeoutMs, left);
      givingUp.abort();
      await within(disconnectMs, left.then(producer.close));
      settings.sockets.cut();
    },
  };
}

/** Retries until the cluster is available: it may be starting at the same time. */
async function prepare(
  topics: readonly NewTopic[],
  { kafka, names, log, closing }: KafkaContext,
  settings: Pick<Required<KafkaStreamOptions>, 'topics' | 'replicationFactor'>,
): Promise<void> {
  const wanted = wantedTopics(topics, names);
  const work = (admin: Admin) =>
    settings.topics === 'check' ? checkTopics(admin, wanted) : createTopics(admin, wanted, settings.replicationFactor);
  const isPermanent = (error: unknown) => error instanceof TopicsNotReady || !isTransient(error);
  try {
    await retryWithLog(() => withAdmin(kafka, work), { name: 'preparing topics', log, closing, isPermanent });
  } catch (error) {
    throw error instanceof TopicsNotReady
      ? error
      : new Error(`preparing topics in Kafka failed: ${reasonOf(error)}`, { cause: error });
  }
}
