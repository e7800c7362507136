import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { crc32c } from './crc32c.ts';
import type { NewMessage } from './encode-batch.ts';
import { frameRequest } from './frame-request.ts';
import { groupMessages } from './group-messages.ts';
import { load } from './internals.ts';
import { encodeProduce, type Produce } from './produce-request.ts';

const now = 1_764_267_000_000;
beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(now));
afterEach(() => void jest.restoreAllMocks());

const text = fc.oneof(
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 20, arbitrary: fc.constantFrom('', 'é', '😀', 'lone \ud800 surrogate') },
  // Rare: kafkajs takes seconds for many of them.
  { weight: 1, arbitrary: fc.nat(70_000).map((length) => 'x'.repeat(length)) },
);
const bytes = fc.oneof(
  text,
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
);
const headers = fc.dictionary(text, fc.oneof(bytes, fc.array(bytes, { maxLength: 3 })), { maxKeys: 6 });
/** Near, and so far apart that their difference needs more than 32 bits. */
const timestamp = fc
  .oneof(fc.integer({ min: now - 1_000, max: now + 1_000 }), fc.nat(9_000_000_000_000), fc.nat(5))
  .map(String);
const message: fc.Arbitrary<NewMessage> = fc.record(
  { key: fc.option(bytes), value: fc.option(bytes), headers, timestamp },
  { requiredKeys: ['value'] },
);
const topic = fc.record({
  topic: fc.string({ minLength: 1, maxLength: 10 }),
  partitions: fc.array(
    fc.record({ partition: fc.nat(100), firstSequence: fc.nat(), messages: fc.array(message, { maxLength: 8 }) }),
    { maxLength: 3 },
  ),
});
const request: fc.Arbitrary<Produce> = fc.record(
  {
    acks: fc.constantFrom(-1, 0, 1),
    timeout: fc.nat(),
    topicData: fc.array(topic, { maxLength: 3 }),
    transactionalId: fc.option(fc.string({ maxLength: 10 })),
    producerId: fc.oneof(fc.constant(-1), fc.bigInt({ min: -1n, max: 2n ** 62n })),
    producerEpoch: fc.nat(32_767),
    compression: fc.constantFrom(0, 1),
  },
  { requiredKeys: ['acks', 'timeout', 'topicData'] },
);

const ofKafkajs = async (produce: Produce) => {
  const request = load('kafkajs/src/protocol/requests/produce/v7/request.js')(produce);
  return load('kafkajs/src/protocol/request.js')({ correlationId: 7, clientId: 'c', request });
};
const ours = (produce: Produce) =>
  frameRequest({
    correlationId: 7,
    clientId: 'c',
    request: { apiKey: 0, apiVersion: 7, encode: () => encodeProduce(produce) },
  });
const requestOf = (...messages: object[]) =>
  ({ acks: -1, timeout: 0, topicData: [{ topic: 't', partitions: [{ partition: 0, messages }] }] }) as Produce;

describe('a request to produce', () => {
  test('has the bytes of kafkajs', async () => {
    const property = fc.asyncProperty(request, async (produce) => {
      const [expected, actual] = [await ofKafkajs(produce), await ours(produce)];
      expect(actual.buffer.equals(expected.buffer)).toBe(true);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('has the bytes of kafkajs if a batch has many records', async () => {
    const messages = Array.from({ length: 20_000 }, (_, i) => ({ key: `k${i}`, value: 'v', headers: { id: `${i}` } }));
    const [expected, actual] = [await ofKafkajs(requestOf(...messages)), await ours(requestOf(...messages))];
    expect(actual.buffer.equals(expected.buffer)).toBe(true);
  });

  test.each([
    ['a key', { key: 7, value: '' }],
    ['a value', { value: {} }],
    ['a header', { value: '', headers: { h: 7 } }],
    ['no header', { value: '', headers: { h: null } }],
  ])('is refused by both if %s is neither text nor a buffer', async (_what, message) => {
    await expect(ofKafkajs(requestOf(message))).rejects.toHaveProperty('name', 'TypeError');
    await expect(ours(requestOf(message))).rejects.toHaveProperty('name', 'TypeError');
  });

  test('is framed with the bytes of kafkajs by the encoders of either', async () => {
    const request = { ...load('kafkajs/src/protocol/requests/produce/v3/request.js')(requestOf({ value: 'v' })) };
    const framed = { correlationId: 7, clientId: 'c', request };
    const expected = await load('kafkajs/src/protocol/request.js')(framed);
    expect((await frameRequest(framed)).buffer.equals(expected.buffer)).toBe(true);
    const mixed = { ...framed, request: { ...request, encode: () => encodeProduce(requestOf({ value: 'v' })) } };
    expect((await load('kafkajs/src/protocol/request.js')(mixed)).buffer.equals(expected.buffer)).toBe(true);
  });
});

test('the checksum is that of kafkajs, also in parts', () => {
  const expected = load('kafkajs/src/protocol/recordBatch/crc32C/index.js');
  const property = fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (array, at) => {
    expect(crc32c(array.subarray(at), crc32c(array.subarray(0, at)))).toBe(expected(Buffer.from(array)));
  });
  fc.assert(property, { numRuns: 500 });
});

test('the messages of each partition are grouped as by kafkajs', () => {
  const expected = load('kafkajs/src/producer/groupMessagesPerPartition.js');
  const property = fc.property(fc.array(fc.nat(5)), fc.nat(2), (messages, partitions) => {
    const partitioner = ({ message }: { message: number }) => message;
    const sorted = { topic: 't', partitionMetadata: new Array<unknown>(partitions), messages, partitioner };
    expect(groupMessages(sorted)).toEqual(expected(sorted));
  });
  fc.assert(property);
});
