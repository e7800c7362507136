import { type Envelope, nameUuid, seal, topics } from '@sestante/contracts';
import type { Publication } from '@sestante/streaming';
import type { Transition } from '../store/audience-members.ts';

/** The namespace of the ids of these messages. */
const namespace = Buffer.from('b1f0c6f43a5e4c0c8d0a5f3e6b7a9c21', 'hex');

/** What is published of transitions. The id of a message is always the same, so that a repeat is known. */
export function publicationOf(transitions: readonly Transition[]): Publication[] {
  return transitions.length === 0 ? [] : [{ topic: topics.audiences.name, messages: transitions.map(messageOf) }];
}

function messageOf({ audienceId, customerId, transition, changedAt }: Transition): Envelope {
  return seal(topics.audiences, {
    event: transition % 2 === 1 ? 'AudienceEntered' : 'AudienceLeft',
    id: nameUuid(namespace, `${audienceId} ${customerId} ${transition}`),
    key: customerId,
    data: { audienceId, customerId, transition, at: changedAt.toISOString() },
  });
}
