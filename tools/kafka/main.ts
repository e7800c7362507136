/**
 * A local Apache Kafka: `node tools/kafka/main.ts` starts it, prints `KAFKA_BROKERS=127.0.0.1:…`, and stops it at Ctrl-C.
 * Started by `fork`, it also sends its brokers (or why there are none) to its parent, and ends with it.
 */
import { startKafka } from './start.ts';

const answerParent = (message: object) => process.send?.(message);

try {
  const kafka = await startKafka();
  const stop = async () => {
    await kafka.stop();
    process.exit();
  };
  for (const end of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(end, stop);
  // Keeps the process alive, also where the broker runs in a container.
  setInterval(() => {}, 60_000);
  answerParent({ brokers: kafka.brokers, pid: kafka.pid });
  console.log(`KAFKA_BROKERS=${kafka.brokers.join()}`);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  answerParent({ missing: reason });
  console.error(reason);
  process.exitCode = 1;
}
