import { describe, expect, test } from '@jest/globals';
import { takeToken } from '../../src/formats/take-token.ts';

const token = 'eyJ.of.ada';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('the customer token', () => {
  test.each(['tracking', 'record'] as const)('is taken out of the context of an event: %s', (format) => {
    const event = { type: 'track', context: { locale: 'it', customerToken: token } };
    expect(takeToken(format, event)).toEqual({ event: { type: 'track', context: { locale: 'it' } }, token });
  });

  test.each([
    ['its attribute', { id: '1', customertoken: token }, { id: '1' }],
    [
      'its data',
      { id: '1', data: { sku: 's', context: { customerToken: token } } },
      { id: '1', data: { sku: 's', context: {} } },
    ],
    [
      'encoded data',
      { id: '1', data_base64: base64({ context: { customerToken: token } }) },
      { id: '1', data: { context: {} } },
    ],
  ])('is taken out of a CloudEvent: %s', (_place, event, without) => {
    expect(takeToken('cloudevent', event)).toEqual({ event: without, token });
  });

  test('of another type is taken out, and cannot be valid', () => {
    expect(takeToken('tracking', { context: { customerToken: { jwt: token } } })).toEqual({
      event: { context: {} },
      token: '',
    });
  });

  test.each([
    ['tracking', { context: { locale: 'it' } }],
    ['tracking', { properties: { customerToken: 'a property' } }],
    ['tracking', 'no event'],
    ['tracking', null],
    ['cloudevent', undefined],
    ['cloudevent', { id: '1', data_base64: 'customerToken' }],
    ['cloudevent', { id: '1', data_base64: Buffer.from('{customerToken').toString('base64') }],
  ] as const)('is absent from an event of the format %s: %j', (format, event) => {
    expect(takeToken(format, event)).toEqual({ event });
  });
});
