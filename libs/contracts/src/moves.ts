import { type Envelope, seal } from './envelope.ts';
import type { CustomerErased } from './events/customer-erased.ts';
import type { CustomersMerged } from './events/customers-merged.ts';
import type { CustomersSplit } from './events/customers-split.ts';
import type { ErasureDone } from './events/erasure-done.ts';
import { topics } from './topics.ts';

/** Members that a customer got from another one. */
export type Move = CustomersMerged | CustomersSplit;

/**
 * The number of moves of an erased member, higher than any other: a service that keeps the id of the member with it follows no message about the member any
 * more, in whatever order it reads them.
 */
export const erasedMoves = 2_147_483_647;

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

/** The message by which a service passes on that a customer was erased. */
export function sealErased(
  topic: typeof topics.scores | typeof topics.offers | typeof topics.audiences,
  data: CustomerErased,
): Envelope {
  return seal<typeof topics.scores, 'CustomerErased'>(topic as unknown as typeof topics.scores, {
    ...{ event: 'CustomerErased', id: data.erasureId, key: data.customerId, data },
  });
}

/** The message by which a service says that it has done its part of an erasure. */
export function sealErasureDone(data: ErasureDone): Envelope {
  const { erasureId, service, part } = data;
  return seal(topics.erasureResults, {
    event: 'ErasureDone',
    id: `${erasureId}:${service}:${part}`,
    key: erasureId,
    data,
  });
}
