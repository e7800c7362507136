import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Ingest, startIngest } from '../driver.ts';
import { freshWith, type Outcome, outcomeOf, refused, rejectedAs, accepted } from './outcome.ts';

jest.setTimeout(30_000);

let ingest: Ingest;
beforeAll(async () => {
  ingest = await startIngest();
});
afterAll(() => ingest.stop());

const track = (body: string | Uint8Array) => outcomeOf(ingest, () => ingest.post('/v1/track', body));

describe('invalid JSON', () => {
  test.each<[string, string]>([
    ['a single quote', "{'event':'x'}"],
    ['a trailing comma', '{"event":"x",}'],
    ['a comment', '{"event":"x"/* y */}'],
    ['NaN', '{"event":NaN}'],
    ['Infinity', '{"event":Infinity}'],
    ['undefined', '{"event":undefined}'],
    ['a number in hexadecimal', '{"event":0x10}'],
    ['a number with a leading 0', '{"event":010}'],
    ['a line break in a text', '{"event":"a\nb"}'],
    ['a NUL in a text', '{"event":"a\u0000b"}'],
    ['an invalid escape', '{"event":"\\x41"}'],
    ['half an escape', '{"event":"\\u12"}'],
    ['two values', '{"event":"x"}{"event":"y"}'],
    ['JSON lines', '{"event":"x"}\n{"event":"y"}\n'],
    ['a truncated object', '{"event":"x'],
    ['a form', 'event=x&userId=ada'],
    ['XML', '<event>x</event>'],
    ['only NUL', '\u0000\u0000'],
    ['only white space', ' \n\t '],
    ['only a byte order mark', '\ufeff'],
  ])('%s has the status 400', async (_, body) => {
    expect(await track(body)).toEqual(refused(400, 'not-json'));
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['null', 'null'],
    ['true', 'true'],
    ['a number', '-0'],
    ['a text', '"{\\"event\\":\\"x\\"}"'],
    ['a list', '[{"event":"x"}]'],
  ])('%s is not an event, with the status 400', async (_, body) => {
    expect(await track(body)).toEqual(refused(400, 'not-an-object'));
  });
});

describe('an object', () => {
  /** The event, and the stored value. */
  const tracked = async (name: string, json: string) => {
    const body = freshWith(name, json);
    const { messageId } = JSON.parse(body) as { messageId: string };
    expect(await track(body)).toEqual(accepted);
    const all = await ingest.until((found) => found.some((one) => one.messageId === messageId));
    return all.find((one) => one.messageId === messageId)!;
  };
  const properties = async (json: string) => (await tracked('properties', `{"order_id":"o",${json}}`)).properties;

  test.each<[string, string, object]>([
    ['with a duplicate key has the last value', '"a":1,"a":2', { a: 2 }],
    ['with __proto__ loses it', '"__proto__":{"isAdmin":true},"a":1', { a: 1 }],
    ['with __proto__ in escapes loses it', '"\\u005f_proto__":{"isAdmin":true},"a":1', { a: 1 }],
    ['with constructor.prototype loses it', '"constructor":{"prototype":{"isAdmin":true}},"a":1', { a: 1 }],
    [
      'with names of methods keeps them',
      '"toString":1,"hasOwnProperty":2,"length":3',
      { toString: 1, hasOwnProperty: 2, length: 3 },
    ],
    ['with an empty name keeps it', '"":1', { '': 1 }],
    ['with a NUL is stored without it', '"a\\u0000b":"c\\u0000d"', { ab: 'cd' }],
    ['with half a surrogate pair has U+FFFD instead', '"a":"\\ud800","b\\udc00":1', { a: '\ufffd', 'b\ufffd': 1 }],
    ['with whole pairs keeps them', '"a":"\\ud83d\\udc69","b":"👩‍🚀"', { a: '👩', b: '👩‍🚀' }],
    ['with marks of direction keeps them', '"a":"\\u202egnirts\\u202c"', { a: '\u202egnirts\u202c' }],
    ['with an unusual number has the nearest value', '"a":1e-999,"b":-0.0,"c":1E2', { a: 0, b: 0, c: 100 }],
  ])('%s', async (_, json, expected) => {
    expect(await properties(json)).toEqual({ order_id: 'o', ...expected });
  });

  test('with a duplicate field is judged by the last one', async () => {
    const body = `{"messageId":"${randomUUID()}","userId":"ada","event":"Gift Wrapped","event":7}`;
    expect(await track(body)).toEqual(rejectedAs('name-missing'));
  });
});

describe('an identifier', () => {
  test.each<[string, string, Outcome]>([
    ['of emoji', '"👩‍🚀🇮🇹"', accepted],
    ['from right to left', '"\u05d0\u05d3\u05d4"', accepted],
    ['with a mark of direction', '"\\u202eada"', accepted],
    ['with a NUL', '"ada\\u0000"', rejectedAs('identifier-unclear')],
    ['of only NUL', '"\\u0000"', rejectedAs('identifier-unclear')],
    ['with half a surrogate pair', '"ada\\ud800"', rejectedAs('identifier-unclear')],
    ['that is SQL', `"'; drop table ingest.rejected; --"`, accepted],
    ['that is a path', '"../../etc/passwd"', accepted],
    ['with a line break', '"ada\\nbob"', rejectedAs('identifier-unclear')],
  ])('%s', async (_, json, outcome) => {
    expect(await track(freshWith('userId', json))).toEqual(outcome);
  });
});
