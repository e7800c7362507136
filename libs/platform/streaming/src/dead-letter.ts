import type { Delivery, Message } from './stream.ts';

export const deadLetterTopic = 'engagement.dead-letters.v1';

/** The message as it is kept for an operator: unchanged, with the place it came from and the reason in its headers. */
export function toDeadLetter(delivery: Delivery, group: string, reason: string): Message {
  return {
    key: delivery.key,
    value: delivery.value,
    headers: {
      ...delivery.headers,
      dead_letter_topic: delivery.topic,
      dead_letter_partition: String(delivery.partition),
      dead_letter_offset: String(delivery.offset),
      dead_letter_group: group,
      dead_letter_reason: reason,
    },
  };
}
