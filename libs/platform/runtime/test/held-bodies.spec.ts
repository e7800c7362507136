import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { heldBodies } from '../src/http/held-bodies.ts';
import { readJsonBody } from '../src/http/read-body.ts';

const busy = { status: 429, code: 'busy', retryAfterSeconds: 2, retriable: true };

describe('bodies that may take up 1,000 bytes together', () => {
  test.each([
    [999, true],
    [1_000, true],
    [1_001, false],
  ])('take up %d: %s', (bytes, isTaken) => {
    const hold = () => heldBodies(1_000)().hold(bytes);
    if (isTaken) expect(hold).not.toThrow();
    else expect(hold).toThrow(expect.objectContaining(busy));
  });

  test('take up room until they are answered, all pieces of each', () => {
    const open = heldBodies(1_000);
    const [first, second] = [open(), open()];
    first.hold(400);
    first.hold(400);
    expect(() => second.hold(201)).toThrow(expect.objectContaining(busy));
    second.hold(200);
    first.release();
    first.release();
    second.hold(800);
    expect(() => open().hold(1)).toThrow(expect.objectContaining(busy));
  });
});

describe('a body for which there is no room', () => {
  const bodyOf = (...pieces: Buffer[]) => Readable.from(pieces, { objectMode: false });

  test('is read to its end and forgotten, so that the sender hears the answer', async () => {
    const body = bodyOf(Buffer.alloc(60, ' '), Buffer.alloc(60, ' '), Buffer.from('{}'));
    await expect(readJsonBody(body, {}, heldBodies(100)().hold)).rejects.toMatchObject(busy);
    expect(body.readableEnded).toBe(true);
  });

  test('counts unzipped', async () => {
    const zipped = gzipSync(JSON.stringify({ text: 'x'.repeat(10_000) }));
    await expect(readJsonBody(bodyOf(zipped), {}, heldBodies(5_000)().hold)).rejects.toMatchObject(busy);
    await expect(readJsonBody(bodyOf(zipped), {}, heldBodies(20_000)().hold)).resolves.toBeDefined();
  });
});
