import { randomUUID } from 'node:crypto';
import { type Sockets, sockets } from './sockets.ts';
import type { Stream } from '../stream.ts';
import type { Harness } from '../testing/harness.ts';
import { streamContract } from '../testing/stream.contract.ts';
import { withKafka } from '../testing/with-kafka.ts';
import { kafkaStream } from './kafka-stream.ts';

await withKafka('Kafka', ({ brokers, pid }) => {
  // A broker of others may refuse sessions of less than 6 s; the one of the tests does not.
  const sessionTimeoutMs = pid === undefined ? 6_000 : 3_000;
  streamContract('keeps the contract of a stream', async () => harness(brokers, sessionTimeoutMs));
});

function harness(brokers: string[], sessionTimeoutMs: number): Harness {
  const networks = new Map<Stream, Sockets>();
  return {
    async connect() {
      const network = sockets();
      const clientId = `contract-${randomUUID()}`;
      const stream = kafkaStream({ brokers, clientId, sessionTimeoutMs, closePatienceMs: 1_000, sockets: network });
      networks.set(stream, network);
      return stream;
    },
    async crash(stream) {
      networks.get(stream)?.cut();
    },
    guarantees: { hasGapFreeOffsets: true, sessionTimeoutMs },
    /** The dead ones would go on trying for ever. */
    dispose: async () => void (await Promise.all([...networks.keys()].map((stream) => stream.close()))),
  };
}
