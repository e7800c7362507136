import { startInDocker } from './docker.ts';
import { startWithJava } from './java.ts';
import type { LocalKafka } from './local-kafka.ts';

/** Starts Kafka in Docker or, where no engine answers, from its jars. Rejects with what is missing for either. */
export async function startKafka(): Promise<LocalKafka> {
  const refusals: string[] = [];
  for (const start of [startInDocker, startWithJava]) {
    try {
      return await start();
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  const ways = 'It needs a running Docker engine, or Java 17 and (the first time) Maven.';
  throw new Error(`No Kafka could be started. ${ways}\n${refusals.map((refusal) => `- ${refusal}`).join('\n')}`);
}
