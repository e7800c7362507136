import { toOriginalDelivery } from './redrive.ts';
import type { DeadLetter, Delivery, Subscription } from './stream.ts';

export function toDeadLetter(delivery: Delivery, group: string, reason: string): DeadLetter {
  return { group, delivery: toOriginalDelivery(delivery, group), reason };
}

/** Resolves once the dead letters are stored. Rejects if the subscription does not store them: the messages are redelivered and not lost. */
export async function storeDeadLetters(subscription: Subscription, letters: readonly DeadLetter[]): Promise<void> {
  const [first] = letters;
  if (!first) return;
  const { group, topic } = subscription;
  if (!subscription.storeDeadLetters)
    throw new Error(`${group} cannot handle a message of ${topic} and stores no dead letters: ${first.reason}`);
  await subscription.storeDeadLetters(letters);
}
