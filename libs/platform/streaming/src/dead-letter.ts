import { asItCameFirst } from './redrive.ts';
import type { DeadLetter, Delivery, Subscription } from './stream.ts';

export function toDeadLetter(delivery: Delivery, group: string, reason: string): DeadLetter {
  return { group, delivery: asItCameFirst(delivery, group), reason };
}

/** Resolves once they are kept. Rejects where the subscription has no place for them: they come again, and are not lost. */
export async function keepDeadLetters(subscription: Subscription, letters: readonly DeadLetter[]): Promise<void> {
  const [first] = letters;
  if (!first) return;
  const { group, topic } = subscription;
  if (!subscription.keepDeadLetters)
    throw new Error(`${group} keeps no dead letters, and cannot use a message of ${topic}: ${first.reason}`);
  await subscription.keepDeadLetters(letters);
}
