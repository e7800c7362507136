import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessage, open, seal, topics, withFields } from '../src/index.ts';
import { anActivity, everyEvent } from './builders.ts';

const sealed = (over: object = {}) =>
  seal(topics.activities, { event: 'ActivityReceived', id: 'id-1', key: 'user_id:ada', data: anActivity(over) });

describe.each(everyEvent)('the example of $event on $topic.name', ({ topic, event, declared }) => {
  const envelope = () => seal(topic, { event, id: 'id-1', key: 'key-1', data: declared.example });

  test('is valid, and is the same after sealing and opening', () => {
    expect(open(topic, envelope())).toEqual({ event, id: 'id-1', data: declared.example });
  });

  test('is a CloudEvent in binary mode', () => {
    const { opened: _, ...onTheWire } = envelope();
    expect(onTheWire).toEqual({
      key: 'key-1',
      value: JSON.stringify(declared.example),
      headers: {
        ce_specversion: '1.0',
        ce_id: 'id-1',
        ce_source: `/sestante/${topic.producer}`,
        ce_type: declared.type,
        'content-type': 'application/json',
      },
    });
  });

  const required = new Set((declared.schema as { required?: string[] }).required);

  test('is valid without its optional fields', () => {
    const needed = Object.entries(declared.example as object).filter(([field]) => required.has(field));
    const { headers } = envelope();
    expect(open(topic, { headers, value: JSON.stringify(Object.fromEntries(needed)) }).data).toEqual(
      Object.fromEntries(needed),
    );
  });

  test.each([...required])('is not valid without %s', (field) => {
    const { [field]: _, ...rest } = declared.example as Record<string, unknown>;
    const { headers } = envelope();
    expect(() => open(topic, { headers, value: JSON.stringify(rest) })).toThrow(
      `must have required property '${field}'`,
    );
  });

  test('may have fields that this version does not define', () => {
    const { headers } = envelope();
    const value = JSON.stringify({ ...(declared.example as object), addedLater: true });
    expect(open(topic, { headers, value }).data).toMatchObject({ addedLater: true });
  });
});

describe('fields added to a text', () => {
  test('are those of the object with them', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }), (data) => {
        fc.pre(!Object.hasOwn(data, '__proto__'));
        const added = { scores: { trust: 50 } };
        expect(JSON.parse(withFields(JSON.stringify(data), added)!)).toEqual({
          ...(JSON.parse(JSON.stringify(data)) as object),
          ...added,
        });
      }),
    ));

  test.each(['{}', '{ }', '{"a":1 }', '{"a":1}\n', '[{"a":1}]', '"}"', '}', ''])(
    'need an object that ends with one: %j',
    (text) => expect(withFields(text, { b: 1 })).toBeUndefined(),
  );
});

describe('an envelope', () => {
  test('holds the event for a reader in the same process, who cannot change it', () => {
    const data = anActivity();
    const shared = open(
      topics.activities,
      seal(topics.activities, { event: 'ActivityReceived', id: 'i', key: 'k', data }),
    );
    expect(shared.data).toBe(data);
    expect(() => Object.assign(shared.data.properties, { changed: true })).toThrow(TypeError);
  });

  /** Excludes a backslash as a key: Node 24 confuses it with the next key that is one escaped character (nodejs/node#63785). */
  const unit = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((character) => character !== '\\');

  test('preserves any properties exactly', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit }), fc.jsonValue({ stringUnit: unit })), (given) => {
        // JSON has no -0.
        const properties = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
        expect(open(topics.activities, sealed({ properties })).data.properties).toEqual(properties);
      }),
    );
  });

  test('without an id in its headers has the empty id', () => {
    const { value, headers } = sealed();
    const { ce_id: _, ...rest } = headers;
    expect(open(topics.activities, { value, headers: rest }).id).toBe('');
  });
});

describe('a message that its topic does not allow', () => {
  const { value, headers } = sealed();

  test.each([
    ['without a type', { value, headers: {} }, 'unknown type undefined'],
    [
      'of a type of another topic',
      { value, headers: { ce_type: 'engagement.offer.made.v1' } },
      'unknown type engagement.offer.made.v1',
    ],
    [
      'of a later version',
      { value, headers: { ce_type: 'engagement.activity.received.v2' } },
      'unknown type engagement.activity.received.v2',
    ],
    ['that is not JSON', { value: '{"activityId":', headers }, 'JSON'],
    ['that is empty', { value: '', headers }, 'JSON'],
    ['that is not an object', { value: '[]', headers }, 'ActivityReceived must be object'],
    ['that is null', { value: 'null', headers }, 'ActivityReceived must be object'],
  ])('%s is rejected with the reason', (_, message, reason) => {
    expect(() => open(topics.activities, message)).toThrow(InvalidMessage);
    expect(() => open(topics.activities, message)).toThrow(reason);
  });

  test.each([
    ['activityId', 'not-a-uuid'],
    ['source', ''],
    ['messageId', ''],
    ['type', 'delete'],
    ['name', ''],
    ['channel', 'pigeon'],
    ['identifiers', []],
    ['identifiers', [{ kind: 'passport', value: '1' }]],
    ['identifiers', [{ kind: 'user_id', value: '' }]],
    ['timestamp', 'yesterday'],
    ['receivedAt', 1_700_000_000],
    ['properties', null],
    ['traits', []],
  ])('with %s = %j is rejected, and the reason names the field', (field, wrong) => {
    expect(() => open(topics.activities, sealed({ [field]: wrong }))).toThrow(`ActivityReceived/${field}`);
  });

  test('is not retriable', () => {
    const refuse = () => open(topics.activities, { value, headers: {} });
    expect(refuse).toThrow(expect.objectContaining({ code: 'invalid-message', retriable: false }));
  });
});

describe('the limits of an activity', () => {
  test.each([
    ['messageId', 255, true],
    ['messageId', 256, true],
    ['messageId', 257, false],
    ['name', 127, true],
    ['name', 128, true],
    ['name', 129, false],
  ])('a %s of %d characters is allowed: %s', (field, length, isAllowed) => {
    const read = () => open(topics.activities, sealed({ [field]: 'x'.repeat(length) }));
    if (isAllowed) expect(read).not.toThrow();
    else expect(read).toThrow(InvalidMessage);
  });

  test.each([
    [255, true],
    [256, true],
    [257, false],
  ])('an identifier of %d characters is allowed: %s', (length, isAllowed) => {
    const read = () =>
      open(topics.activities, sealed({ identifiers: [{ kind: 'user_id', value: 'x'.repeat(length) }] }));
    if (isAllowed) expect(read).not.toThrow();
    else expect(read).toThrow(InvalidMessage);
  });
});
