import { type Envelope, seal } from './envelope.ts';
import type { CustomersMerged } from './events/customers-merged.ts';
import type { CustomersSplit } from './events/customers-split.ts';
import type { topics } from './topics.ts';

/** Members that a customer got from another one. */
export type Move = CustomersMerged | CustomersSplit;

/** A move, as it is published. */
export interface MoveEvent {
  readonly event: 'CustomersMerged' | 'CustomersSplit';
  readonly id: string;
  readonly data: Move;
}

/** What an event about a customer does once: an activity, or a move of its first member. */
export function effectOf(data: { readonly activityId: string } | Move): string {
  if (!('formerId' in data)) return data.activityId;
  const { memberId, moves } = data.members[0]!;
  return `${memberId} ${moves}`;
}

/** The two messages by which a service passes on a move, one with each of both customers as its key: so readers of either partition learn of it. */
export function sealMove(
  topic: typeof topics.scores | typeof topics.offers,
  { event, id, data }: MoveEvent,
): Envelope[] {
  return [data.customerId, data.formerId].map((key) =>
    seal<typeof topics.scores, MoveEvent['event']>(topic as typeof topics.scores, { event, id, key, data }),
  );
}
