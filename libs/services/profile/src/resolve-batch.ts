import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey, isStrong, type Owner, resolve } from '@sestante/identity';
import { v7 as uuidv7 } from 'uuid';
import type { NewIdentities } from './store/identities.ts';
import type { TimelineEntry } from './store/new-activities.ts';

/** The activities of a batch with their members, and the new identities. */
export interface ResolvedBatch extends NewIdentities {
  readonly entries: readonly TimelineEntry[];
}

/**
 * Resolves the activities one after another. Each one uses the identities that earlier ones created. `owners` holds the stored owners by
 * `identifierKey`; the function adds the new ones.
 */
export function resolveBatch(activities: readonly ActivityReceived[], owners: Map<string, Owner>): ResolvedBatch {
  const created = { customers: [] as string[], members: [] as { memberId: string; customerId: string }[] };
  const identifiers: { identifier: Identifier; memberId: string; customerId: string }[] = [];
  const strengthened = new Map<string, number>();
  /** The owners that have got strong identifiers, by member. `owners` holds them as they were before. */
  const updatedOwners = new Map<string, Owner>();
  const ownerOf = (identifier: Identifier) => {
    const owner = owners.get(identifierKey(identifier));
    return owner && (updatedOwners.get(owner.memberId) ?? owner);
  };
  const entries = activities.map((activity) => {
    const { owner, attach } = resolve(activity.identifiers, ownerOf);
    const current = owner ?? newOwner(created);
    const { memberId, customerId } = current;
    identifiers.push(...attach.map((identifier) => ({ identifier, memberId, customerId })));
    const updated = withStrong(current, attach.filter(isStrong));
    if (owner && updated !== owner) {
      if (!strengthened.has(memberId)) strengthened.set(memberId, owner.strong.length);
      updatedOwners.set(memberId, updated);
    }
    for (const identifier of attach) owners.set(identifierKey(identifier), updated);
    return { ...activity, memberId, customerId };
  });
  for (const { memberId } of created.members) strengthened.delete(memberId);
  return { ...created, identifiers, strengthened, entries };
}

function newOwner(created: { customers: string[]; members: { memberId: string; customerId: string }[] }): Owner {
  const [memberId, customerId] = [uuidv7(), uuidv7()];
  created.customers.push(customerId);
  created.members.push({ memberId, customerId });
  return { memberId, customerId, strong: [] };
}

function withStrong(owner: Owner, strong: readonly Identifier[]): Owner {
  return strong.length === 0 ? owner : { ...owner, strong: [...owner.strong, ...strong] };
}
