import { describe, expect, test } from '@jest/globals';
import { assertPublishable, largestValueBytes, UnpublishableMessage } from './publishable.ts';
import { aMessage } from './testing/messages.ts';

const publish =
  (...messages: Parameters<typeof aMessage>) =>
  () =>
    assertPublishable('scores', [aMessage(), aMessage(...messages)]);

describe('a message', () => {
  test.each([
    [largestValueBytes - 1, 'a', true],
    [largestValueBytes, 'a', true],
    [largestValueBytes + 1, 'a', false],
    [largestValueBytes - 2, 'é', true],
    [largestValueBytes, 'é', true],
    [largestValueBytes + 2, 'é', false],
    [largestValueBytes - 4, '😀', true],
    [largestValueBytes, '😀', true],
    [largestValueBytes + 4, '😀', false],
  ])('of %d bytes of %s may be published: %s', (bytes, character, isAllowed) => {
    const value = character.repeat(bytes / Buffer.byteLength(character));
    if (isAllowed) expect(publish({ value })).not.toThrow();
    else
      expect(publish({ value })).toThrow(
        `A message to scores cannot be published: its value is larger than ${largestValueBytes} bytes.`,
      );
  });

  test('without a key is not publishable, because it has no partition', () => {
    expect(publish({ key: '' })).toThrow('A message to scores cannot be published: its key is empty.');
    expect(publish({ key: ' ' })).not.toThrow();
  });

  test('that is not publishable is a permanent error', () => {
    expect(publish({ key: '' })).toThrow(UnpublishableMessage);
    expect(publish({ key: '' })).toThrow(expect.objectContaining({ code: 'unpublishable-message', retriable: false }));
  });
});
