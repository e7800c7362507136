import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LocalKafka } from './local-kafka.ts';
import { testSettings } from './settings.ts';

const image = 'confluentinc/cp-kafka:8.1.0';
const engineMayTakeMs = 3_000;

/** Starts one broker in a container. Needs a Docker engine that runs. */
export async function startInDocker(): Promise<LocalKafka> {
  await promisify(execFile)('docker', ['info'], { timeout: engineMayTakeMs }).catch(() => {
    throw new Error('Docker: no engine answers');
  });
  // Loaded only here: it is large, and of no use without an engine.
  const [{ KafkaContainer }, { Wait }] = await Promise.all([import('@testcontainers/kafka'), import('testcontainers')]);
  const container = await new KafkaContainer(image)
    .withEnvironment(inContainer(testSettings))
    // KafkaContainer's own wait is over before the broker is there.
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return {
    brokers: [`${container.getHost()}:${container.getMappedPort(9093)}`],
    stop: async () => void (await container.stop()),
  };
}

/** Kafka's images read settings from the environment: `group.min.session.timeout.ms` is KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS. */
function inContainer(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`, value]),
  );
}
