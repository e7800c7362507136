import type { Admin, KafkaConfig } from 'kafkajs';
import { assertPublishable } from '../publishable.ts';
import type { Message, Stream } from '../stream.ts';
import { type Credentials, saslOf } from './access/sasl.ts';
import { withAdmin } from './admin.ts';
import { checkOf } from './check-cluster.ts';
import { newClient, patientRetry, quickRetry } from './client.ts';
import { isTransient, reasonOf } from './failure.ts';
import { positionsOf } from './groups.ts';
import { keepTrying } from './keep-trying.ts';
import type { Life } from './life.ts';
import { member } from './member.ts';
import { namesWith } from './names.ts';
import { publisher } from './publish.ts';
import { refusals } from './refusals.ts';
import { type Sockets, sockets } from './sockets.ts';
import { tail } from './tail.ts';
import { checkTopics, UnfitTopics } from './topics/check.ts';
import { createTopics } from './topics/create.ts';
import { type NewTopic, wantedTopics } from './topics/wanted.ts';
import { unlessAborted, within } from '../waiting.ts';

export interface KafkaStreamOptions {
  /** `host:port` of some brokers of the cluster; they name the others. */
  readonly brokers: readonly string[];
  /** Names this process in the brokers' logs and quotas. */
  readonly clientId: string;
  /** TLS to the brokers: true, or the CAs to trust and a certificate to show. */
  readonly ssl?: KafkaConfig['ssl'];
  readonly credentials?: Credentials;
  /** Begins the names of all topics and groups in the cluster. */
  readonly prefix?: string;
  /** What `prepare` does about topics: create those that are missing, or only check them and reject with `UnfitTopics`. */
  readonly topics?: 'create' | 'check';
  /** Copies of each partition of a new topic. Left out: as many as the cluster is set to. */
  readonly replicationFactor?: number;
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
  topics: 'create' as const,
  replicationFactor: -1,
  log: () => undefined,
};
const longestCheckMs = 3_000;
const lastGoodbyesMs = 1_000;

/** The stream on a Kafka cluster, 2.4 or later. It connects when it is first used. */
export function kafkaStream(options: KafkaStreamOptions): Stream {
  const { credentials, prefix = '', ...rest } = options;
  const sasl = credentials && { sasl: saslOf(credentials) };
  const settings = { ...defaults, sockets: sockets(), ...sasl, ...rest };
  const { requestTimeoutMs, compression, closePatienceMs } = settings;
  const naming = { names: namesWith(prefix), refusals: refusals() };
  const [closing, givingUp] = [new AbortController(), new AbortController()];
  const kafka = newClient(settings, quickRetry);
  const newKafka = () => newClient(settings, patientRetry);
  const life: Life = { ...settings, ...naming, kafka, newKafka, closing: closing.signal, givingUp: givingUp.signal };
  const producer = publisher({ ...naming, kafka, patienceMs: requestTimeoutMs, compression });
  /** They end with the stream; what they say then is of no interest. */
  const readers: Promise<void>[] = [];
  const start = (reader: Promise<void>) => void readers.push(reader.catch(() => undefined));

  const publish = async (topic: string, messages: readonly Message[]) => {
    assertPublishable(topic, messages);
    await producer.publish(topic, messages);
  };
  return {
    publish,
    prepare: (topics) => prepare(topics, life, settings),
    positions: (topic) => withAdmin(kafka, (admin) => positionsOf(admin, topic, life.names)),
    check: checkOf(life, Math.min(longestCheckMs, requestTimeoutMs)),
    async subscribe(subscription) {
      start(member(subscription, life));
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
async function prepare(
  topics: readonly NewTopic[],
  { kafka, names, log, closing }: Life,
  settings: Pick<Required<KafkaStreamOptions>, 'topics' | 'replicationFactor'>,
): Promise<void> {
  const wanted = wantedTopics(topics, names);
  const work = (admin: Admin) =>
    settings.topics === 'check' ? checkTopics(admin, wanted) : createTopics(admin, wanted, settings.replicationFactor);
  const isHopeless = (error: unknown) => error instanceof UnfitTopics || !isTransient(error);
  try {
    await keepTrying(() => withAdmin(kafka, work), { name: 'preparing topics', log, closing, isHopeless });
  } catch (error) {
    throw error instanceof UnfitTopics ? error : new Error(`Topics in Kafka: ${reasonOf(error)}`, { cause: error });
  }
}
