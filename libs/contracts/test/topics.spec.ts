import { describe, expect, test } from '@jest/globals';
import { type Topic, topics } from '../src/index.ts';
import { everyEvent } from './builders.ts';

describe.each(Object.values<Topic>(topics))(
  'the topic $name',
  ({ name, events, consumers, isForOthers = false, description }) => {
    test('has a version in its name', () => expect(name).toMatch(/^engagement\.[a-z-]+\.v\d+$/));
    test('has a consumer, here or outside, and a description', () => {
      expect(consumers.length > 0 || isForOthers).toBe(true);
      expect(description).toMatch(/\.$/);
    });
    test('has events', () => expect(Object.keys(events).length).toBeGreaterThan(0));
  },
);

describe.each(everyEvent)('the event $event on $topic.name', ({ declared: { type, schema, description } }) => {
  test('has the same version in its type and its schema', () => {
    const { $id } = schema as { $id?: string };
    expect($id).toMatch(/^[a-z-]+\.v\d+$/);
    expect(type.split('.').at(-1)).toBe($id?.split('.').at(-1));
  });
  test('has a description', () => expect(description).toMatch(/\.$/));
});

test('no two events share a type or a schema', () => {
  // One event may be on several topics.
  const events = [...new Set(everyEvent.map(({ declared }) => declared))];
  const types = events.map(({ type }) => type);
  const schemas = events.map(({ schema }) => schema);
  expect([new Set(types).size, new Set(schemas).size]).toEqual([events.length, events.length]);
});

test('only the topics of activities, erasures and exports carry identifiers of a person', () => {
  const personal: readonly object[] = [topics.activities, topics.erasures, topics.exports];
  const others = everyEvent.filter(({ topic }) => !personal.includes(topic));
  for (const { declared } of others)
    expect(Object.keys(declared.schema['properties' as never])).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/identifier|trait|email|phone|person/i)]),
    );
});
