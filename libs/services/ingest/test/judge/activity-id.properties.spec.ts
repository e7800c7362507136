import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { activityIdOf } from '../../src/judge/activity-id.ts';

test('the id of an activity is the UUID version 5 of its messageId, with the id of its source as namespace', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (source, messageId) => {
      expect(activityIdOf(source, messageId)).toBe(v5(messageId, source));
    }),
  );
});
