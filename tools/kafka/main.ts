/**
 * `node tools/kafka/main.ts` starts a local Apache Kafka, prints `KAFKA_BROKERS=127.0.0.1:…`, and stops it at Ctrl-C. With `--secured` it also has
 * listeners with TLS, SASL and client certificates, and prints the variables for them. When started by `fork`, it sends its brokers, or the reason why
 * there are none, to its parent, and stops with it.
 */
import { startKafka, startSecuredKafka } from './start.ts';
import { variablesOf } from './variables.ts';

const starting = process.argv.includes('--secured') ? startSecuredKafka() : startKafka();

/** Handled from the beginning: the parent may end before the broker has started. */
for (const end of ['SIGINT', 'SIGTERM', 'disconnect']) {
  process.once(end, async () => {
    const kafka = await starting.catch(() => undefined);
    await kafka?.stop();
    process.exit();
  });
}

const sendToParent = (message: object) => {
  if (process.connected) process.send?.(message);
};

try {
  const { brokers, pid, secured } = await starting;
  // Keeps the process alive if the broker runs in a container.
  setInterval(() => {}, 60_000);
  sendToParent({ brokers, pid, secured });
  console.log(`KAFKA_BROKERS=${brokers.join()}`);
  if (secured) console.log(variablesOf(secured));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  sendToParent({ missing: reason });
  console.error(reason);
  process.exitCode = 1;
}
