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

/** The published schema with some of its fields declared in another way. */
const changed = (fields: Parameters<typeof Type.Object>[0]) => Type.Object({ ...published.properties, ...fields });
const without = (name: keyof typeof published.properties) => {
  const { [name]: _, ...rest } = published.properties;
  return Type.Object(rest);
};

describe('a published schema may', () => {
  test.each([
    ['stay as it is', published],
    ['get an optional field', changed({ reward: Type.Optional(Type.String()) })],
    [
      'get an optional field deep inside',
      changed({ cause: Type.Object({ name: Type.String(), channel: Type.Optional(Type.String()) }) }),
    ],
    [
      'be explained in other words',
      Type.Object(published.properties, { description: 'another', title: 'a title', $id: 'x' }),
    ],
    ['explain a field in other words', changed({ note: Type.Optional(Type.String({ description: 'a remark' })) })],
    [
      'explain an alternative in other words',
      changed({ channel: Type.Union([Type.Literal('web', { title: 'the shop' }), Type.Literal('store')]) }),
    ],
    [
      'explain the values of a map in other words',
      changed({ change: Type.Record(Type.String(), Type.Object({ bond: Type.Number({ description: 'slow' }) })) }),
    ],
    [
      'name its alternatives in another order',
      changed({ channel: Type.Union([Type.Literal('store'), Type.Literal('web')]) }),
    ],
    [
      'have its keywords in another order',
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
    ['ask for a field that was optional', changed({ note: Type.String() }), ['$.note: became required']],
    [
      'leave out a field that was required',
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
      'set a limit where there was none',
      changed({ note: Type.Optional(Type.String({ maxLength: 9 })) }),
      ['$.note: maxLength changed from undefined to 9'],
    ],
    [
      'ask for more items',
      changed({ reasons: Type.Array(Type.String(), { minItems: 2 }) }),
      ['$.reasons: minItems changed from 1 to 2'],
    ],
    [
      'change its items',
      changed({ reasons: Type.Array(Type.Number(), { minItems: 1 }) }),
      ['$.reasons[]: type changed from "string" to "number"'],
    ],
    [
      'let its items be anything',
      changed({ reasons: JSON.parse('{"type":"array","minItems":1}') }),
      ['$.reasons: items were removed'],
    ],
    [
      'get an alternative',
      changed({ channel: Type.Union([Type.Literal('web'), Type.Literal('store'), Type.Literal('moon')]) }),
      ['$.channel: its alternatives changed'],
    ],
    [
      'lose an alternative',
      changed({ channel: Type.Union([Type.Literal('web')]) }),
      ['$.channel: its alternatives changed'],
    ],
    [
      'change deep inside',
      changed({ cause: Type.Object({ name: Type.Number() }) }),
      ['$.cause.name: type changed from "string" to "number"'],
    ],
    [
      'change the values of a map',
      changed({ change: Type.Record(Type.String(), Type.Object({ bond: Type.String() })) }),
      ['$.change.*.bond: type changed from "number" to "string"'],
    ],
    [
      'close itself to further fields',
      Type.Object(published.properties, { additionalProperties: false }),
      ['$: additionalProperties changed from undefined to false'],
    ],
  ])('%s', (_, next, reasons) => {
    expect(incompatibilities(published, next)).toEqual(reasons);
  });

  test('get any field where its old readers accept no further ones', () => {
    const closed = Type.Object({ name: Type.String() }, { additionalProperties: false });
    const next = Type.Object(
      { name: Type.String(), note: Type.Optional(Type.String()) },
      { additionalProperties: false },
    );
    expect(incompatibilities(closed, next)).toEqual(['$.note: was added, and old readers accept no other fields']);
  });

  test('restrict items that could be anything', () => {
    const free = { type: 'array' };
    expect(incompatibilities(free, Type.Array(Type.String()))).toEqual(['$: items were added']);
  });

  test('change a field of an alternative that happens to be called "description"', () => {
    const nullable = (inner: Parameters<typeof Type.Union>[0][number]) => Type.Union([inner, Type.Null()]);
    const [before, after] = [Type.String(), Type.Number()].map((description) => nullable(Type.Object({ description })));
    expect(incompatibilities(before!, after!)).toEqual(['$: its alternatives changed']);
  });

  test('lose a field whose name every object knows', () => {
    expect(incompatibilities(Type.Object({ constructor: Type.String() }), Type.Object({}))).toEqual([
      '$.constructor: was removed',
    ]);
  });

  test('change in several ways, and all of them are named', () => {
    const next = changed({ overall: Type.String(), reward: Type.String() });
    expect(incompatibilities(published, next).length).toBe(4);
  });
});

test.each(everyEvent)('the schema of $event is compatible with itself', ({ declared }) => {
  expect(incompatibilities(declared.schema, JSON.parse(JSON.stringify(declared.schema)))).toEqual([]);
});
