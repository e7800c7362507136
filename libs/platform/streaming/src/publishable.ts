import type { Message } from './stream.ts';

export const largestValueBytes = 1024 * 1024;

/** No adapter accepts the message. Not retriable: the publisher must change it. */
export class UnpublishableMessage extends Error {
  readonly code = 'unpublishable-message';
  readonly retriable = false;
  constructor(topic: string, reason: string) {
    super(`A message to ${topic} cannot be published: ${reason}.`);
    this.name = 'UnpublishableMessage';
  }
}

/** Throws `UnpublishableMessage` for the first message with an empty key or a value that is too large. */
export function assertPublishable(topic: string, messages: readonly Message[]): void {
  for (const { key, value } of messages) {
    if (key === '') throw new UnpublishableMessage(topic, 'its key is empty');
    if (value.length * 3 > largestValueBytes && Buffer.byteLength(value) > largestValueBytes) {
      throw new UnpublishableMessage(topic, `its value is larger than ${largestValueBytes} bytes`);
    }
  }
}
