import { describe, expect, jest, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Problem } from '../src/index.ts';
import { BodyBudget } from '../src/http/body-budget.ts';
import {
  alwaysUnzippedBytes,
  largestBodyBytes,
  largestRefusedBytes,
  largestUnzippedBytes,
  maxUnzipRatio,
  readJsonBody,
} from '../src/http/read-body.ts';

/** A body in chunks, and how much of it was read. */
function aBody(content: string | Buffer, piece = 64 * 1024) {
  const bytes = Buffer.from(content);
  let at = 0;
  const stream = new Readable({
    read() {
      const chunk = bytes.subarray(at, at + piece);
      at += chunk.length;
      this.push(chunk.length > 0 ? chunk : null);
    },
  });
  return { stream, readBytes: () => at };
}
const read = (content: string | Buffer, headers = {}) =>
  readJsonBody(aBody(content).stream, headers, new BodyBudget().openReservation());

describe('a valid body', () => {
  test.each([
    ['an object', '{"a":[1,null,"é"]}', { a: [1, null, 'é'] }],
    ['a text', '"x"', 'x'],
    ['null', 'null', null],
    ['with white space around it', ' \n{} ', {}],
    ['with a byte order mark', '\ufeff{}', {}],
    ['empty', '', undefined],
  ])('%s', async (_, text, value) => {
    expect(await read(text)).toEqual(value);
  });

  test('may be split anywhere, also in the middle of a character', async () => {
    expect(await readJsonBody(aBody('{"name":"Zoë 👩‍🚀"}', 1).stream, {}, new BodyBudget().openReservation())).toEqual({
      name: 'Zoë 👩‍🚀',
    });
  });

  test.each([
    ['__proto__', '{"a":1,"__proto__":{"isAdmin":true}}'],
    ['__proto__ in escapes', '{"a":1,"\\u005f_proto__":{"isAdmin":true}}'],
    ['constructor.prototype', '{"a":1,"constructor":{"prototype":{"isAdmin":true}}}'],
  ])('loses %s', async (_, text) => {
    const value = (await read(text)) as { isAdmin?: boolean };
    expect(JSON.stringify(value)).toBe('{"a":1}');
    expect(value.isAdmin).toBeUndefined();
  });

  test('may be nested 100,000 levels deep', async () => {
    await expect(read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).resolves.toBeInstanceOf(Array);
  });
});

describe('invalid UTF-8', () => {
  const latin1 = Buffer.from('{"userId":"b\u00f6hm"}', 'latin1');
  const utf16 = Buffer.from('\ufeff{}', 'utf16le');

  test.each([
    ['in Latin-1', latin1],
    ['in Latin-1, zipped', gzipSync(latin1)],
    ['in UTF-16', utf16],
    ['in UTF-16, the other way round', Buffer.from(utf16).swap16()],
    ['cut within a character', Buffer.from('"ö"').subarray(0, 2)],
    ['of something else, zipped twice', gzipSync(gzipSync('{}'))],
  ])('%s is refused', async (_, bytes) => {
    await expect(read(bytes)).rejects.toEqual(
      new Problem(
        400,
        'not-utf8',
        'The body is not valid UTF-8, which JSON requires. Convert it to UTF-8 before sending.',
      ),
    );
  });

  test.each(['utf-8', 'iso-8859-1', 'utf-16'])('is accepted if only its charset is %s', async (charset) => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    expect(await read('"ö"', headers)).toBe('ö');
    await expect(read(Buffer.from('"ö"', 'latin1'), headers)).rejects.toMatchObject({ code: 'not-utf8' });
  });

  test('is accepted with escaped characters', async () => {
    expect(await read(Buffer.from('"\\u00f6"', 'latin1'))).toBe('ö');
  });
});

describe('gzip', () => {
  test.each([
    ['with its header', { 'content-encoding': 'gzip' }],
    ['with its header in capitals', { 'content-encoding': 'GZIP' }],
    ['without its header', {}],
  ])('%s is unzipped', async (_, headers) => {
    expect(await read(gzipSync('{"a":1}'), headers)).toEqual({ a: 1 });
  });

  test.each([
    ['is none', Buffer.from('{}')],
    ['ends too early', gzipSync('{"a":1}').subarray(0, 20)],
  ])('that %s is refused', async (_, bytes) => {
    await expect(read(bytes, { 'content-encoding': 'gzip' })).rejects.toMatchObject({ status: 400, code: 'not-gzip' });
  });

  test('of a text that is not JSON is rejected as not-json', async () => {
    await expect(read(gzipSync('Order Completed'))).rejects.toMatchObject({ status: 400, code: 'not-json' });
  });
});

describe('the size of a body', () => {
  const json = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
  /** A gzip body of this many bytes: zeros may follow it. */
  const zipped = (text: string, bytes: number) => Buffer.concat([gzipSync(text)], bytes);

  test.each([
    ['as it comes', largestBodyBytes, (bytes: number) => json(bytes)],
    ['unzipped', largestUnzippedBytes, (bytes: number) => zipped(json(bytes), 50_000)],
    ['unzipped from little', alwaysUnzippedBytes, (bytes: number) => gzipSync(json(bytes))],
    ['a hundred times what came', 2_000 * maxUnzipRatio, (bytes: number) => zipped(json(bytes), 2_000)],
  ])('%s may be %d bytes, and not one more', async (_, most, make) => {
    await expect(read(make(most - 1))).resolves.toHaveLength(most - 3);
    await expect(read(make(most))).resolves.toHaveLength(most - 2);
    await expect(read(make(most + 1))).rejects.toEqual(
      new Problem(413, 'body-too-large', `The body is larger than ${most} bytes.`),
    );
  });

  test('is checked after the whole body was read, because many clients read the response only then', async () => {
    const body = aBody(json(largestRefusedBytes));
    await expect(readJsonBody(body.stream, {}, new BodyBudget().openReservation())).rejects.toMatchObject({
      status: 413,
    });
    expect(body.readBytes()).toBe(largestRefusedBytes);
  });

  test('without an end is read only up to a limit', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const endless = new Readable({
      read() {
        setImmediate(() => this.push(Buffer.alloc(1024 * 1024)));
      },
    });
    await expect(readJsonBody(endless, {}, new BodyBudget().openReservation())).rejects.toMatchObject({ status: 413 });
    jest.advanceTimersByTime(9_999);
    expect(endless.destroyed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(endless.destroyed).toBe(true);
    jest.useRealTimers();
  });
});
