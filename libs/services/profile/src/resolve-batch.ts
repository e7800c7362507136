import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey, isStrong, type Owner, resolve } from '@sestante/identity';
import { v7 as uuidv7 } from 'uuid';
import type { NewIdentities } from './store/identities.ts';
import type { TimelineEntry } from './store/timeline.ts';

/** The activities of a batch with their members, and what had to be made for that. */
export interface ResolvedBatch extends NewIdentities {
  readonly entries: readonly TimelineEntry[];
}

/**
 * Resolves the activities one after another, each seeing what those before it made. `owners` is what is known at the beginning, by
 * `identifierKey`; it is changed.
 */
export function resolveBatch(activities: readonly ActivityReceived[], owners: Map<string, Owner>): ResolvedBatch {
  const made = { customers: [] as string[], members: [] as { memberId: string; customerId: string }[] };
  const identifiers: { identifier: Identifier; memberId: string }[] = [];
  const strengthened = new Map<string, number>();
  const entries = activities.map((activity) => {
    const { owner, attach } = resolve(activity.identifiers, (identifier) => owners.get(identifierKey(identifier)));
    const known = owner ?? newOwner(made);
    identifiers.push(...attach.map((identifier) => ({ identifier, memberId: known.memberId })));
    const grown = withStrong(known, attach.filter(isStrong));
    if (owner && grown !== owner) {
      if (!strengthened.has(owner.memberId)) strengthened.set(owner.memberId, owner.strong.length);
      replace(owners, grown);
    }
    for (const identifier of attach) owners.set(identifierKey(identifier), grown);
    return { ...activity, memberId: known.memberId, customerId: known.customerId };
  });
  for (const { memberId } of made.members) strengthened.delete(memberId);
  return { ...made, identifiers, strengthened, entries };
}

function newOwner(made: { customers: string[]; members: { memberId: string; customerId: string }[] }): Owner {
  const [memberId, customerId] = [uuidv7(), uuidv7()];
  made.customers.push(customerId);
  made.members.push({ memberId, customerId });
  return { memberId, customerId, strong: [] };
}

function withStrong(owner: Owner, strong: readonly Identifier[]): Owner {
  return strong.length === 0 ? owner : { ...owner, strong: [...owner.strong, ...strong] };
}

/** Whoever meets the member by another identifier sees its new strong ones too. */
function replace(owners: Map<string, Owner>, grown: Owner): void {
  for (const [key, known] of owners) if (known.memberId === grown.memberId) owners.set(key, grown);
}
