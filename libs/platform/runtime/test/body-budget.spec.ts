import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { BodyBudget } from '../src/http/body-budget.ts';
import { readJsonBody } from '../src/http/read-body.ts';

const busy = { status: 429, code: 'busy', retryAfterSeconds: 2, retriable: true };

describe('a budget of 1,000 bytes', () => {
  test.each([
    [999, true],
    [1_000, true],
    [1_001, false],
  ])('take up %d: %s', (bytes, isTaken) => {
    const hold = () => new BodyBudget(1_000).openReservation().reserve(bytes);
    if (isTaken) expect(hold).not.toThrow();
    else expect(hold).toThrow(expect.objectContaining(busy));
  });

  test('is used by all chunks of each body until its response', () => {
    const bodies = new BodyBudget(1_000);
    const [first, second] = [bodies.openReservation(), bodies.openReservation()];
    first.reserve(400);
    first.reserve(400);
    expect(() => second.reserve(201)).toThrow(expect.objectContaining(busy));
    second.reserve(200);
    first.release();
    first.release();
    second.reserve(800);
    expect(() => bodies.openReservation().reserve(1)).toThrow(expect.objectContaining(busy));
  });
});

describe('a body over the budget', () => {
  const bodyOf = (...pieces: Buffer[]) => Readable.from(pieces, { objectMode: false });

  test('is read to its end and discarded, so that the sender reads the response', async () => {
    const body = bodyOf(Buffer.alloc(60, ' '), Buffer.alloc(60, ' '), Buffer.from('{}'));
    await expect(readJsonBody(body, {}, new BodyBudget(100).openReservation())).rejects.toMatchObject(busy);
    expect(body.readableEnded).toBe(true);
  });

  test('counts with its decompressed size', async () => {
    const zipped = gzipSync(JSON.stringify({ text: 'x'.repeat(10_000) }));
    await expect(readJsonBody(bodyOf(zipped), {}, new BodyBudget(5_000).openReservation())).rejects.toMatchObject(busy);
    await expect(readJsonBody(bodyOf(zipped), {}, new BodyBudget(20_000).openReservation())).resolves.toBeDefined();
  });
});

test('a body whose sender disconnects during decompression releases its bytes', async () => {
  const bodies = new BodyBudget(1_000);
  const body = bodies.openReservation();
  const zipped = Readable.from([gzipSync(' '.repeat(900))]);
  const read = readJsonBody(zipped, {}, body);
  read.catch(() => undefined);
  await once(zipped, 'end');
  body.release();
  await expect(read).rejects.toMatchObject({ status: 408 });
  bodies.openReservation().reserve(1_000);
});
