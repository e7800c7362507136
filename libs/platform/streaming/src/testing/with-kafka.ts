import { afterAll, describe } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { skipOrFail } from './skip-or-fail.ts';

/** A Kafka cluster for tests. */
export interface KafkaForTests {
  readonly brokers: string[];
  /** Whether these tests started it, with settings for quick tests. */
  readonly isOwn: boolean;
  /** The process of the broker, if these tests started it on this machine. */
  readonly pid?: number;
}

/** A Kafka cluster with further listeners that require authentication (see `tools/kafka`). The listener of `brokers` allows everything without it. */
export interface SecuredKafka extends KafkaForTests {
  readonly secured: {
    readonly sasl: string;
    readonly mutual: string;
    readonly users: Readonly<Record<'admin' | 'tenant', { readonly username: string; readonly password: string }>>;
    readonly files: Readonly<Record<'ca' | 'otherCa' | 'clientCert' | 'clientKey', string>>;
  };
}

/** The message of the program: the broker that it has started, or the reason why there is none. */
type Answer = Omit<SecuredKafka, 'isOwn'> | { readonly missing: string };
type Started = SecuredKafka | { readonly missing: string };

const program = join(import.meta.dirname, '../../../../../tools/kafka/main.ts');

/**
 * Runs tests with Kafka: with the cluster of `KAFKA_BROKERS`, or a local one that stops after the tests. If there is neither, the tests are skipped
 * under a name that contains the reason; with `CI=true` or `SESTANTE_REQUIRE_KAFKA=1` that is an error.
 */
export async function withKafka(name: string, tests: (kafka: KafkaForTests) => void): Promise<void> {
  const given = process.env['KAFKA_BROKERS'];
  const kafka = given ? { brokers: given.split(','), isOwn: false } : await startKafka();
  if (!('missing' in kafka)) describe(name, () => tests(kafka));
  else skip(name, kafka.missing);
}

/** Like `withKafka`, with a local broker that also has secured listeners. */
export async function withSecuredKafka(name: string, tests: (kafka: SecuredKafka) => void): Promise<void> {
  const kafka = await startKafka('--secured');
  if (!('missing' in kafka)) describe(name, () => tests(kafka));
  else skip(name, kafka.missing);
}

function skip(name: string, missing: string): void {
  skipOrFail(name, missing, process.env['CI'] === 'true' || process.env['SESTANTE_REQUIRE_KAFKA'] === '1');
}

/** Starts the program as a child process, because tools may not be imported. It stops when the connection to this process is closed. */
async function startKafka(...options: string[]): Promise<Started> {
  const child = fork(program, options, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer | number | null];
  if (answer === null || typeof answer === 'number') return { missing: `${program} ended with ${answer}` };
  const stop = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  if ('missing' in answer) {
    await stop();
    return answer;
  }
  afterAll(stop);
  return { ...answer, isOwn: true };
}
