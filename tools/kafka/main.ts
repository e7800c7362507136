/**
 * A local Apache Kafka: `node tools/kafka/main.ts` starts it, prints `KAFKA_BROKERS=127.0.0.1:…`, and stops it at Ctrl-C. With
 * `--secured` it has listeners with TLS, SASL and client certificates, too, and prints what a client needs for them.
 * Started by `fork`, it also sends its brokers (or why there are none) to its parent, and ends with it.
 */
import { startKafka, startSecuredKafka } from './start.ts';
import { variablesOf } from './variables.ts';

const starting = process.argv.includes('--secured') ? startSecuredKafka() : startKafka();

/** Listened for from the beginning: who asks for a broker may be gone before it is there. */
for (const end of ['SIGINT', 'SIGTERM', 'disconnect']) {
  process.once(end, async () => {
    const kafka = await starting.catch(() => undefined);
    await kafka?.stop();
    process.exit();
  });
}

const tellParent = (answer: object) => {
  if (process.connected) process.send?.(answer);
};

try {
  const { brokers, pid, secured } = await starting;
  // Keeps the process alive, also where the broker runs in a container.
  setInterval(() => {}, 60_000);
  tellParent({ brokers, pid, secured });
  console.log(`KAFKA_BROKERS=${brokers.join()}`);
  if (secured) console.log(variablesOf(secured));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  tellParent({ missing: reason });
  console.error(reason);
  process.exitCode = 1;
}
