import { afterAll, describe, test } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A Kafka to test against. */
export interface KafkaForTests {
  readonly brokers: string[];
  /** Started by these tests, with settings that make them quick. */
  readonly isOwn: boolean;
  /** The broker's process, where it is one of this machine and ours. */
  readonly pid?: number;
}

/** A Kafka whose other listeners let in only whom they know: see `tools/kafka`. `brokers` lets in everybody, with all rights. */
export interface SecuredKafka extends KafkaForTests {
  readonly secured: {
    readonly sasl: string;
    readonly mutual: string;
    readonly users: Readonly<Record<'admin' | 'tenant', { readonly username: string; readonly password: string }>>;
    readonly files: Readonly<Record<'ca' | 'otherCa' | 'clientCert' | 'clientKey', string>>;
  };
}

/** What the program answers: the broker that it has started, or why there is none. */
type Answer = Omit<SecuredKafka, 'isOwn'> | { readonly missing: string };
type Started = SecuredKafka | { readonly missing: string };

const program = join(import.meta.dirname, '../../../../../tools/kafka/main.ts');

/**
 * Runs tests that need Kafka: the one of `KAFKA_BROKERS`, or a local one that ends with the tests. Where there is neither, they are
 * skipped under a name that says why; with `CI=true` or `SESTANTE_REQUIRE_KAFKA=1` that is an error.
 */
export async function withKafka(name: string, tests: (kafka: KafkaForTests) => void): Promise<void> {
  const given = process.env['KAFKA_BROKERS'];
  const kafka = given ? { brokers: given.split(','), isOwn: false } : await startKafka();
  if (!('missing' in kafka)) describe(name, () => tests(kafka));
  else skip(name, kafka.missing);
}

/** As `withKafka`, with a local broker that has secured listeners, too. */
export async function withSecuredKafka(name: string, tests: (kafka: SecuredKafka) => void): Promise<void> {
  const kafka = await startKafka('--secured');
  if (!('missing' in kafka)) describe(name, () => tests(kafka));
  else skip(name, kafka.missing);
}

function skip(name: string, missing: string): void {
  const isRequired = process.env['CI'] === 'true' || process.env['SESTANTE_REQUIRE_KAFKA'] === '1';
  if (isRequired) throw new Error(missing);
  const notRun = `${name}: not run. ${missing.split('\n')[0]}`;
  // Jest counts suites of which nothing has run, and does not name them.
  process.stderr.write(`SKIPPED ${notRun}\n`);
  test.skip(notRun, () => {});
}

/** As a process of its own, because tools are not imported. It ends as soon as nobody listens to it, however this process ends. */
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
