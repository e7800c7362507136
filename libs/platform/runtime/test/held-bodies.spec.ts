import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { HeldBodies } from '../src/http/held-bodies.ts';
import { readJsonBody } from '../src/http/read-body.ts';

const busy = { status: 429, code: 'busy', retryAfterSeconds: 2, retriable: true };

describe('bodies that may take up 1,000 bytes together', () => {
  test.each([
    [999, true],
    [1_000, true],
    [1_001, false],
  ])('take up %d: %s', (bytes, isTaken) => {
    const hold = () => new HeldBodies(1_000).open().hold(bytes);
    if (isTaken) expect(hold).not.toThrow();
    else expect(hold).toThrow(expect.objectContaining(busy));
  });

  test('take up room until they are answered, all pieces of each', () => {
    const bodies = new HeldBodies(1_000);
    const [first, second] = [bodies.open(), bodies.open()];
    first.hold(400);
    first.hold(400);
    expect(() => second.hold(201)).toThrow(expect.objectContaining(busy));
    second.hold(200);
    first.release();
    first.release();
    second.hold(800);
    expect(() => bodies.open().hold(1)).toThrow(expect.objectContaining(busy));
  });
});

describe('a body for which there is no room', () => {
  const bodyOf = (...pieces: Buffer[]) => Readable.from(pieces, { objectMode: false });

  test('is read to its end and forgotten, so that the sender hears the answer', async () => {
    const body = bodyOf(Buffer.alloc(60, ' '), Buffer.alloc(60, ' '), Buffer.from('{}'));
    await expect(readJsonBody(body, {}, new HeldBodies(100).open())).rejects.toMatchObject(busy);
    expect(body.readableEnded).toBe(true);
  });

  test('counts unzipped', async () => {
    const zipped = gzipSync(JSON.stringify({ text: 'x'.repeat(10_000) }));
    await expect(readJsonBody(bodyOf(zipped), {}, new HeldBodies(5_000).open())).rejects.toMatchObject(busy);
    await expect(readJsonBody(bodyOf(zipped), {}, new HeldBodies(20_000).open())).resolves.toBeDefined();
  });
});

test('a body whose sender hangs up while it is unzipped takes up no room', async () => {
  const bodies = new HeldBodies(1_000);
  const body = bodies.open();
  const zipped = Readable.from([gzipSync(' '.repeat(900))]);
  const read = readJsonBody(zipped, {}, body);
  read.catch(() => undefined);
  await once(zipped, 'end');
  body.release();
  await expect(read).rejects.toMatchObject({ status: 408 });
  bodies.open().hold(1_000);
});
