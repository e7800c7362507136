import { describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { incompatibilities } from '../src/index.ts';
import { everyEvent } from './builders.ts';

const published = Type.Object({
  customerId: Type.String({ format: 'uuid' }),
  overall: Type.Number({ minimum: 0, maximum: 100 }),
  channel: Type.Union([Type.Literal('web'), Type.Literal('store')]),
  note: Type.Optional(Type.String()),
  reasons: Type.Array(Type.String(), { minItems: 1 }),
  cause: Type.Object({ name: Type.String() }),
  change: Type.Record(Type.String(), Type.Object({ bond: Type.Number() })),
});

/** The published schema with some changed fields. */
const changed = (fields: Parameters<typeof Type.Object>[0]) => Type.Object({ ...published.properties, ...fields });
const without = (name: keyof typeof published.properties) => {
  const { [name]: _, ...rest } = published.properties;
  return Type.Object(rest);
};

describe('a published schema may', () => {
  test.each([
    ['stay unchanged', published],
    ['get an optional field', changed({ reward: Type.Optional(Type.String()) })],
    [
      'get an optional nested field',
      changed({ cause: Type.Object({ name: Type.String(), channel: Type.Optional(Type.String()) }) }),
    ],
    [
      'change its annotations',
      Type.Object(published.properties, { description: 'another', title: 'a title', $id: 'x' }),
    ],
    ['change the annotations of a field', changed({ note: Type.Optional(Type.String({ description: 'a remark' })) })],
    [
      'change the annotations of an alternative',
      changed({ channel: Type.Union([Type.Literal('web', { title: 'the shop' }), Type.Literal('store')]) }),
    ],
    [
      'change the annotations of the values of a map',
      changed({ change: Type.Record(Type.String(), Type.Object({ bond: Type.Number({ description: 'slow' }) })) }),
    ],
    [
      'change the order of its alternatives',
      changed({ channel: Type.Union([Type.Literal('store'), Type.Literal('web')]) }),
    ],
    [
      'change the order of its keywords',
      changed({ overall: JSON.parse('{"maximum":100,"minimum":0,"type":"number"}') }),
    ],
  ])('%s', (_, next) => {
    expect(incompatibilities(published, next)).toEqual([]);
  });
});

describe('a published schema may not', () => {
  test.each([
    ['lose a field', without('note'), ['$.note: was removed']],
    ['lose a required field', without('overall'), ['$.overall: was removed']],
    ['get a required field', changed({ reward: Type.String() }), ['$.reward: became required']],
    ['make an optional field required', changed({ note: Type.String() }), ['$.note: became required']],
    [
      'make a required field optional',
      changed({ overall: Type.Optional(published.properties.overall) }),
      ['$.overall: became optional'],
    ],
    [
      'change a type',
      changed({ note: Type.Optional(Type.Number()) }),
      ['$.note: type changed from "string" to "number"'],
    ],
    [
      'change a format',
      changed({ customerId: Type.String() }),
      ['$.customerId: format changed from "uuid" to undefined'],
    ],
    [
      'narrow a limit',
      changed({ overall: Type.Number({ minimum: 1, maximum: 100 }) }),
      ['$.overall: minimum changed from 0 to 1'],
    ],
    [
      'widen a limit',
      changed({ overall: Type.Number({ minimum: 0, maximum: 101 }) }),
      ['$.overall: maximum changed from 100 to 101'],
    ],
    [
      'add a limit',
      changed({ note: Type.Optional(Type.String({ maxLength: 9 })) }),
      ['$.note: maxLength changed from undefined to 9'],
    ],
    [
      'require more items',
      changed({ reasons: Type.Array(Type.String(), { minItems: 2 }) }),
      ['$.reasons: minItems changed from 1 to 2'],
    ],
    [
      'change its items',
      changed({ reasons: Type.Array(Type.Number(), { minItems: 1 }) }),
      ['$.reasons[]: type changed from "string" to "number"'],
    ],
    [
      'remove the schema of its items',
      changed({ reasons: JSON.parse('{"type":"array","minItems":1}') }),
      ['$.reasons: items were removed'],
    ],
    [
      'get an alternative',
      changed({ channel: Type.Union([Type.Literal('web'), Type.Literal('store'), Type.Literal('moon')]) }),
      ['$.channel: the alternatives changed'],
    ],
    [
      'lose an alternative',
      changed({ channel: Type.Union([Type.Literal('web')]) }),
      ['$.channel: the alternatives changed'],
    ],
    [
      'change a nested field',
      changed({ cause: Type.Object({ name: Type.Number() }) }),
      ['$.cause.name: type changed from "string" to "number"'],
    ],
    [
      'change the values of a map',
      changed({ change: Type.Record(Type.String(), Type.Object({ bond: Type.String() })) }),
      ['$.change.*.bond: type changed from "number" to "string"'],
    ],
    [
      'reject additional fields',
      Type.Object(published.properties, { additionalProperties: false }),
      ['$: additionalProperties changed from undefined to false'],
    ],
  ])('%s', (_, next, reasons) => {
    expect(incompatibilities(published, next)).toEqual(reasons);
  });

  test('get a field if its old readers accept no additional fields', () => {
    const closed = Type.Object({ name: Type.String() }, { additionalProperties: false });
    const next = Type.Object(
      { name: Type.String(), note: Type.Optional(Type.String()) },
      { additionalProperties: false },
    );
    expect(incompatibilities(closed, next)).toEqual(['$.note: was added, but old readers accept no other fields']);
  });

  test('restrict items without a schema', () => {
    const free = { type: 'array' };
    expect(incompatibilities(free, Type.Array(Type.String()))).toEqual(['$: items were added']);
  });

  test('change a field of an alternative that is named "description"', () => {
    const nullable = (inner: Parameters<typeof Type.Union>[0][number]) => Type.Union([inner, Type.Null()]);
    const [before, after] = [Type.String(), Type.Number()].map((description) => nullable(Type.Object({ description })));
    expect(incompatibilities(before!, after!)).toEqual(['$: the alternatives changed']);
  });

  test('lose a field with the name of an inherited property', () => {
    expect(incompatibilities(Type.Object({ constructor: Type.String() }), Type.Object({}))).toEqual([
      '$.constructor: was removed',
    ]);
  });

  test('change in several ways, which are all reported', () => {
    const next = changed({ overall: Type.String(), reward: Type.String() });
    expect(incompatibilities(published, next).length).toBe(4);
  });
});

test.each(everyEvent)('the schema of $event on $topic.name is compatible with itself', ({ declared }) => {
  expect(incompatibilities(declared.schema, JSON.parse(JSON.stringify(declared.schema)))).toEqual([]);
});
