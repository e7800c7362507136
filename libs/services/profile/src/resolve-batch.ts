import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey, isStrong, type Owner, resolve } from '@sestante/identity';
import { v7 as uuidv7 } from 'uuid';
import type { NewIdentities } from './store/identities.ts';
import type { TimelineEntry } from './store/timeline.ts';

/** The activities of a batch with their members, and the new identities. */
export interface ResolvedBatch extends NewIdentities {
  readonly entries: readonly TimelineEntry[];
}

/**
 * Resolves the activities one after another. Each one uses the identities that earlier ones created. `owners` holds the stored owners by
 * `identifierKey`; the function changes it.
 */
export function resolveBatch(activities: readonly ActivityReceived[], owners: Map<string, Owner>): ResolvedBatch {
  const created = { customers: [] as string[], members: [] as { memberId: string; customerId: string }[] };
  const identifiers: { identifier: Identifier; memberId: string }[] = [];
  const strengthened = new Map<string, number>();
  const entries = activities.map((activity) => {
    const { owner, attach } = resolve(activity.identifiers, (identifier) => owners.get(identifierKey(identifier)));
    const current = owner ?? newOwner(created);
    const { memberId, customerId } = current;
    identifiers.push(...attach.map((identifier) => ({ identifier, memberId })));
    const updated = withStrong(current, attach.filter(isStrong));
    if (owner && updated !== owner) {
      if (!strengthened.has(owner.memberId)) strengthened.set(owner.memberId, owner.strong.length);
      replace(owners, updated);
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

/** Replaces the owner under all of its identifiers, so that later activities see its new strong identifiers. */
function replace(owners: Map<string, Owner>, updated: Owner): void {
  for (const [key, { memberId }] of owners) if (memberId === updated.memberId) owners.set(key, updated);
}
