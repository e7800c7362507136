import { expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stream } from '../stream.ts';
import { eventually } from '../testing/eventually.ts';
import type { Harness } from '../testing/harness.ts';
import { messagesOf } from '../testing/messages.ts';
import { collect } from '../testing/probe.ts';
import { streamContract } from '../testing/stream.contract.ts';
import { withKafka } from '../testing/with-kafka.ts';
import type { KafkaStreamOptions } from './kafka-stream.ts';
import { type Sockets, sockets } from './sockets.ts';
import { isInstalled } from './wire/install.ts';

// Not static: Jest loads all static imports before any module runs, and `install.ts` comes before kafkajs.
const { kafkaStream } = await import('./kafka-stream.ts');

test('these tests run with our functions in kafkajs', () => expect(isInstalled).toBe(true));

await withKafka('Kafka', ({ brokers, isOwn, pid }) => {
  // Other brokers may refuse sessions of less than 6 s.
  const sessionTimeoutMs = isOwn ? 2_000 : 6_000;
  streamContract('keeps the contract of a stream', { isAtomic: false, sessionTimeoutMs }, async () =>
    harness(brokers, sessionTimeoutMs),
  );

  test('check and publish report an interrupted connection, and the stream recovers by itself', async () => {
    const network = sockets();
    await onStage({ brokers, sockets: network, requestTimeoutMs: 500 }, async ({ stream, topic, probe }) => {
      network.cut();
      await expect(stream.check()).rejects.toThrow('Kafka does not respond: Connection error: connection cut');
      await expect(stream.publish(topic, messagesOf('a', 1, 1))).rejects.toMatchObject({
        code: 'not-confirmed',
        retriable: true,
      });
      network.restore();
      await eventually(() => stream.check());
      await stream.publish(topic, messagesOf('a', 1, 2));
      await probe.until((deliveries) => deliveries.some(({ value }) => value === 'a2'));
    });
  });

  (pid ? test : test.skip)(
    'a broker that stops responding is logged once, and once when it responds again',
    async () => {
      await onStage({ brokers, requestTimeoutMs: 500 }, async ({ stream, topic, probe, lines }) => {
        process.kill(pid as number, 'SIGSTOP');
        try {
          // The process stops some time after the signal.
          await eventually(() => expect(stream.check()).rejects.toThrow('Kafka does not respond within 500 ms'));
          await expect(stream.publish(topic, messagesOf('a', 1, 1))).rejects.toThrow(
            /did not confirm 1 messages to .*: Request Produce.* timed out/,
          );
          await eventually(() => expect(lines).toEqual([expect.stringContaining('failed, retrying: no response to')]));
        } finally {
          process.kill(pid as number, 'SIGCONT');
        }
        await eventually(() => stream.publish(topic, messagesOf('a', 1, 2)));
        await probe.until((deliveries) => deliveries.some(({ value }) => value === 'a2'));
        expect(lines).toEqual([expect.stringContaining('failed, retrying'), expect.stringContaining('works again')]);
      });
    },
  );

  test('a subscription waits for its topic', async () => {
    await onStage({ brokers }, async ({ stream, lines }) => {
      const [topic, probe] = [`kafka.${randomUUID()}`, collect()];
      await stream.subscribe({ topic, group: 'early', handler: probe.handler });
      await eventually(() => expect(lines).toEqual([expect.stringContaining(`early on ${topic}: failed, retrying`)]));
      await stream.prepare([{ name: topic, partitions: 1 }]);
      await stream.publish(topic, messagesOf('a', 1));
      await probe.untilCount(1);
    });
  });

  test('prepare rejects at once if the cluster refuses a topic', async () => {
    await onStage({ brokers }, async ({ stream }) => {
      await expect(stream.prepare([{ name: `kafka.${randomUUID()}`, partitions: 0 }])).rejects.toThrow();
    });
  });

  test('an idle connection sets no timers', async () => {
    await onStage({ brokers }, async ({ stream, topic }) => {
      const timers = jest.spyOn(globalThis, 'setTimeout');
      await stream.publish(topic, messagesOf('a', 1, 1));
      await pause(500);
      // Unpatched kafkajs sets hundreds; a few belong to the subscription that waits for messages.
      expect(timers.mock.calls.length).toBeLessThan(20);
      timers.mockRestore();
    });
  });
});

interface Play {
  readonly stream: Stream;
  readonly topic: string;
  /** A probe that is subscribed to the topic and has received `a0`. */
  readonly probe: ReturnType<typeof collect>;
  readonly lines: string[];
}

async function onStage(
  options: Omit<KafkaStreamOptions, 'clientId'>,
  play: (scene: Play) => Promise<void>,
): Promise<void> {
  const [topic, probe, lines]: [string, Play['probe'], string[]] = [`kafka.${randomUUID()}`, collect(), []];
  const stream = kafkaStream({
    ...options,
    clientId: 'kafka-spec',
    closeTimeoutMs: 1_000,
    log: (line) => lines.push(line),
  });
  try {
    await stream.prepare([{ name: topic, partitions: 1 }]);
    await stream.subscribe({ topic, group: 'readers', handler: probe.handler });
    await stream.publish(topic, messagesOf('a', 1));
    await probe.untilCount(1);
    await play({ stream, topic, probe, lines });
  } finally {
    await stream.close();
  }
}

function harness(brokers: string[], sessionTimeoutMs: number): Harness {
  const networks = new Map<Stream, Sockets>();
  const prefix = `contract-${randomUUID()}.`;
  return {
    async connect() {
      const network = sockets();
      const clientId = `contract-${randomUUID()}`;
      const options = { brokers, clientId, prefix, sessionTimeoutMs, closeTimeoutMs: 1_000, sockets: network };
      const stream = kafkaStream(options);
      networks.set(stream, network);
      return stream;
    },
    async crash(stream) {
      networks.get(stream)?.cut();
    },
    /** The crashed streams would retry without end. */
    dispose: async () => void (await Promise.all([...networks.keys()].map((stream) => stream.close()))),
  };
}
