import { describe, expect, test } from '@jest/globals';
import { open, seal, topics } from '@sestante/contracts';
import fc from 'fast-check';
import { judge } from '../../src/judge/judge.ts';
import { aCustomEvent, anEvent, noon, webShop } from '../builders.ts';

const codes = [
  'too-deep',
  'too-large',
  'invalid-shape',
  'name-missing',
  'name-too-long',
  'identifier-missing',
  'identifier-unclear',
  'timestamp-invalid',
  'timestamp-in-future',
  'field-missing',
  'field-invalid',
];

/** Texts with everything that JSON allows, also characters that other systems reject. */
const text = fc.string({
  unit: fc.constantFrom('a', 'Z', ' ', '.', '_', 'é', '注', '😀', '\u0000', '\ud800', '\udfff', '\n', '"'),
  maxLength: 300,
});
/** Without a key that is a backslash: Node 24 confuses it with the next key that is one escaped character (nodejs/node#63785). */
const stringUnit = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
  .filter((character) => character !== '\\');
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4, stringUnit }),
  text,
  fc.constantFrom('__proto__', 'constructor', 'NaN', '1e999'),
);
const field = (...likely: unknown[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: json });
const fields = fc.oneof(
  fc.dictionary(
    fc.oneof(text, fc.constantFrom('email', 'phone', 'externalIds', 'device', 'channel', '__proto__')),
    json,
  ),
  json,
);

const event = fc.record(
  {
    type: field('track', 'identify', 'page', 'screen', 'group', 'alias'),
    messageId: field('message-1', 7, null),
    userId: field('ada', 42),
    anonymousId: field('browser-1', null),
    previousId: field('browser-2'),
    groupId: field('g-1', 3),
    event: field('Order Completed', 'promise.broken', 'Gift Wrapped', 'Segment Consent Preference Updated'),
    name: field('Home'),
    channel: field('web'),
    properties: fields,
    traits: fields,
    context: fields,
    timestamp: field('2026-11-20T10:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
    sentAt: field('2026-11-20T10:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
  },
  { requiredKeys: [] },
);

/** As it is parsed from a body. */
const sent = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('any JSON value', () => {
  test('becomes a valid activity, or a rejection with a known code', () => {
    fc.assert(
      fc.property(fc.oneof(event, json), json, (value, sentAt) => {
        const verdict = judge(sent(value), webShop, { receivedAt: noon, sentAt });
        if (verdict.kind === 'rejected') {
          expect(codes).toContain(verdict.rejection.code);
          return;
        }
        const { activity } = verdict;
        const message = seal(topics.activities, {
          event: 'ActivityReceived',
          id: activity.activityId,
          key: 'key',
          data: activity,
        });
        expect(open(topics.activities, message).data).toEqual(sent(activity));
      }),
      { numRuns: 1_000 },
    );
  });

  test('becomes an activity without characters that Postgres rejects', () => {
    fc.assert(
      fc.property(event, (value) => {
        const verdict = judge(sent({ ...anEvent(), ...value }), webShop, { receivedAt: noon });
        fc.pre(verdict.kind === 'accepted');
        expect(JSON.stringify(verdict)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
    );
  });

  test('has the same verdict and id at any time of reception', () => {
    const messageId = fc.oneof(text, fc.integer()).filter((id) => id !== '' && id !== '\u0000');
    fc.assert(
      fc.property(messageId, fields, (id, properties) => {
        const [first, again] = [noon, new Date(noon.getTime() + 1)].map((receivedAt) =>
          judge(sent({ ...aCustomEvent(properties), messageId: id }), webShop, { receivedAt }),
        );
        fc.pre(
          first?.kind === 'accepted' && first.activity.messageId !== '' && String(id).replaceAll('\u0000', '') !== '',
        );
        expect(again).toMatchObject({
          activity: { activityId: (first as { activity: { activityId: string } }).activity.activityId },
        });
      }),
    );
  });
});
