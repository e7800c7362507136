import type { topics } from '@sestante/contracts';
import type { Batch } from '@sestante/streaming';
import type { Membership } from './store/members.ts';

type Received = Batch<typeof topics.scores>[number];
export type ErasedEvent = Extract<Received, { event: 'CustomerErased' }>;
export type Event = Exclude<Received, ErasedEvent>;
export type MoveEvent = Extract<Event, { event: 'CustomersMerged' | 'CustomersSplit' }>;
export type ActivityEvent = Exclude<Event, MoveEvent>;

/** Whether the event is about members that a customer got from another one. */
export const isMove = (event: Event): event is MoveEvent =>
  event.event === 'CustomersMerged' || event.event === 'CustomersSplit';

/** Whether the event is about a customer who was erased. */
export const isErasure = (event: Event | ErasedEvent): event is ErasedEvent => event.event === 'CustomerErased';

/** The customers of the members of the events: of several for a member, the one with the most moves. */
export function membershipsOf(events: readonly Event[]): Membership[] {
  const latest = new Map<string, Membership>();
  for (const membership of events.flatMap(toMemberships)) {
    const known = latest.get(membership.memberId);
    if (!known || known.moves < membership.moves) latest.set(membership.memberId, membership);
  }
  return [...latest.values()];
}

function toMemberships(event: Event): Membership[] {
  const { customerId } = event.data;
  if (isMove(event)) return event.data.members.map(({ memberId, moves }) => ({ memberId, customerId, moves }));
  const { memberId, moves } = event.data;
  return [{ memberId, customerId, moves }];
}
