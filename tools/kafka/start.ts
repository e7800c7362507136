import { startInDocker } from './docker.ts';
import { startWithJava } from './java.ts';
import type { LocalKafka } from './local-kafka.ts';

/** Starts Kafka in Docker or, if no engine responds, from its jars. Rejects with the reasons if both fail. */
export function startKafka(): Promise<LocalKafka> {
  return firstOf([startInDocker, () => startWithJava(false)]);
}

/** Starts Kafka with secured listeners from its jars. Rejects with the reason if it fails. */
export function startSecuredKafka(): Promise<LocalKafka> {
  return firstOf([() => startWithJava(true)]);
}

async function firstOf(starters: readonly (() => Promise<LocalKafka>)[]): Promise<LocalKafka> {
  const refusals: string[] = [];
  for (const start of starters) {
    try {
      return await start();
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  const needs =
    'It needs a running Docker engine, or Java 17 and (the first time) Maven; with --secured Java and openssl.';
  throw new Error(`No Kafka could be started. ${needs}\n${refusals.map((refusal) => `- ${refusal}`).join('\n')}`);
}
