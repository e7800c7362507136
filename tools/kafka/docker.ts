import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LocalKafka } from './local-kafka.ts';
import { testSettings } from './settings.ts';

const image = 'confluentinc/cp-kafka:8.1.0';
const engineTimeoutMs = 3_000;

/** Starts one broker in a container. Needs a running Docker engine. */
export async function startInDocker(): Promise<LocalKafka> {
  await promisify(execFile)('docker', ['info'], { timeout: engineTimeoutMs }).catch(() => {
    throw new Error('Docker: no engine responds');
  });
  // Imported here because it is large and useless without an engine.
  const [{ KafkaContainer }, { Wait }] = await Promise.all([import('@testcontainers/kafka'), import('testcontainers')]);
  const container = await new KafkaContainer(image)
    .withEnvironment(inContainer(testSettings))
    // The default wait strategy of KafkaContainer ends before the broker has started.
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
