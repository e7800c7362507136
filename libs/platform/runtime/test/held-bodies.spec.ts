import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
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

const slowAfterMs = 50;

describe('a body that is slow to come', () => {
  /** Bodies of which the first has been coming for so long. */
  async function withOneComingFor(ms: number) {
    const bodies = new HeldBodies(1_000, slowAfterMs);
    const wire = new PassThrough();
    const coming = readJsonBody(wire, {}, bodies.open());
    coming.catch(() => undefined);
    wire.write('['.padEnd(600));
    await pause(ms);
    return { bodies, wire, coming };
  }

  test('gives way where there is no room, and is refused once it is there', async () => {
    const { bodies, wire, coming } = await withOneComingFor(slowAfterMs + 20);
    bodies.open().hold(500);
    wire.end(']');
    await expect(coming).rejects.toMatchObject(busy);
    expect(wire.readableEnded).toBe(true);
    expect(() => bodies.open().hold(501)).toThrow(expect.objectContaining(busy));
    bodies.open().hold(500);
  });

  test('keeps its place as long as there is room', async () => {
    const { bodies, wire, coming } = await withOneComingFor(slowAfterMs + 20);
    bodies.open().hold(399);
    wire.end(']');
    await expect(coming).resolves.toEqual([]);
  });

  test('does not make others give way', async () => {
    const { bodies, wire, coming } = await withOneComingFor(0);
    const second = bodies.open();
    second.hold(300);
    await pause(slowAfterMs + 20);
    expect(() => second.hold(101)).toThrow(expect.objectContaining(busy));
    wire.end(']');
    await expect(coming).resolves.toEqual([]);
  });

  test('makes room no longer than it is needed: the oldest goes first', async () => {
    const bodies = new HeldBodies(1_000, slowAfterMs);
    const wires = [new PassThrough(), new PassThrough()];
    const coming = wires.map((wire) => readJsonBody(wire, {}, bodies.open()));
    for (const wire of wires) wire.write('['.padEnd(400));
    await pause(slowAfterMs + 20);
    bodies.open().hold(500);
    for (const wire of wires) wire.end(']');
    await expect(coming[0]).rejects.toMatchObject(busy);
    await expect(coming[1]).resolves.toEqual([]);
  });

  test('keeps its place once it is there, however long the answer takes', async () => {
    const { bodies, wire, coming } = await withOneComingFor(0);
    wire.end(']');
    await coming;
    await pause(slowAfterMs + 20);
    expect(() => bodies.open().hold(500)).toThrow(expect.objectContaining(busy));
  });

  test.each([[Infinity], [undefined]])('keeps it also while it is unzipped, with a length of %p', async (known) => {
    const bodies = new HeldBodies(1_000, slowAfterMs);
    const zipped = gzipSync('['.padEnd(599) + ']');
    await readJsonBody(Readable.from([zipped]), {}, bodies.open(known ?? zipped.length));
    await pause(slowAfterMs + 20);
    expect(() => bodies.open().hold(500)).toThrow(expect.objectContaining(busy));
  });

  test('stays where there would not be enough room without it either', async () => {
    const { bodies, wire, coming } = await withOneComingFor(slowAfterMs + 20);
    expect(() => bodies.open().hold(1_001)).toThrow(expect.objectContaining(busy));
    wire.end(']');
    await expect(coming).resolves.toEqual([]);
  });

  test('does not make others give way with its first bytes either', async () => {
    const bodies = new HeldBodies(1_000, slowAfterMs);
    const [first, second] = [bodies.open(), bodies.open()];
    first.hold(600);
    await pause(slowAfterMs + 20);
    expect(() => second.hold(500)).toThrow(expect.objectContaining(busy));
    second.hold(400);
  });

  test('is not slow before its time', async () => {
    const { bodies, wire, coming } = await withOneComingFor(0);
    expect(() => bodies.open().hold(500)).toThrow(expect.objectContaining(busy));
    wire.end(']');
    await expect(coming).resolves.toEqual([]);
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
