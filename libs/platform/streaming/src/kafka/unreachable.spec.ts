import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { eventually } from '../testing/eventually.ts';
import { aMessage } from '../testing/messages.ts';
import { kafkaStream } from './kafka-stream.ts';

describe('a stream without reachable brokers', () => {
  test('reports it in check, logs it once, and closes', async () => {
    const lines: string[] = [];
    const brokers = [`127.0.0.1:${await closedPort()}`];
    const stream = kafkaStream({
      brokers,
      clientId: 'nobody',
      log: (line) => lines.push(line),
      requestTimeoutMs: 1_000,
      closeTimeoutMs: 100,
    });
    const prepared = expect(stream.prepare([{ name: 'topic', partitions: 1 }])).rejects.toThrow();
    const tailed = stream.tail('topic', () => {});

    await expect(stream.check()).rejects.toThrow(/Kafka does not respond: .*ECONNREFUSED/);
    await expect(stream.publish('topic', [aMessage()])).rejects.toMatchObject({
      code: 'not-confirmed',
      retriable: true,
    });
    await eventually(() => expect(lines).toHaveLength(2));
    expect(lines.sort()).toEqual([
      expect.stringMatching(/^preparing topics: failed, retrying: .*ECONNREFUSED/),
      expect.stringMatching(/^tail of topic: failed, retrying: .*ECONNREFUSED/),
    ]);

    await stream.close();
    await Promise.all([prepared, tailed]);
    await expect(stream.publish('topic', [aMessage()])).rejects.toThrow('the stream is closed');
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
