import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 as uuidv5 } from 'uuid';
import { decisionIdOf, offerIdOf } from '../src/decision-id.ts';

const namespace = 'd1d3c7c0-5e57-5a47-8e00-000000000001';

it.each([
  ['decisions', decisionIdOf],
  ['offers', offerIdOf],
])('ids of %s are UUIDs version 5 of their causes', (_, idOf) => {
  fc.assert(fc.property(fc.uuid(), (cause) => expect(idOf(cause)).toBe(uuidv5(cause, namespace))));
});
