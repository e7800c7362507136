import { identifierKey, type Identifier } from './identifier.ts';
import type { Owner, Resolution } from './resolution.ts';
import { isAccount, isStrong, strongestFirst } from './strength.ts';

interface OwnedIdentifier {
  readonly identifier: Identifier;
  readonly owner: Owner | undefined;
}

/**
 * Decides whose activity it is. The activity goes to the owner of its strongest known identifier to whom the new strong
 * identifiers may be attached. If there is no such owner, it goes to a new customer. A shared device, a family mailbox and a
 * family's loyalty card never merge two people. An identifier with `isWeak` may lead to its owner, but is never attached:
 * it must stay free for a later activity whose source can vouch for it.
 *
 * @param identifiers the normalised identifiers of one activity, in any order. Of several accounts only the known ones count, or
 *   the first if none is known. The others are not attached
 * @param ownerOf the current owner of an identifier, including the effects of earlier activities
 */
export function resolve(
  identifiers: readonly Identifier[],
  ownerOf: (identifier: Identifier) => Owner | undefined,
): Resolution {
  const [first, ...others] = identifiers.map(ownerOf);
  // Almost every activity is of a customer who is known by all of its identifiers.
  if (first !== undefined && others.every((owner) => owner?.memberId === first.memberId))
    return { owner: first, attach: [] };
  const owned = withoutDuplicates(strongestFirst(identifiers)).map((identifier) => ({
    identifier,
    owner: ownerOf(identifier),
  }));
  const attach = attachable(owned);
  const owner = owned.find((one) => canAttach(one, attach))?.owner;
  return { owner, attach };
}

/** The identifiers without duplicates: the first of each. */
function withoutDuplicates(identifiers: readonly Identifier[]): Identifier[] {
  const first = new Map<string, Identifier>();
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    if (!first.has(key)) first.set(key, identifier);
  }
  return [...first.values()];
}

/** The unknown identifiers to attach, with at most one account: a person does not use two accounts in one activity. */
function attachable(owned: readonly OwnedIdentifier[]): Identifier[] {
  const unknown = owned
    .filter(({ identifier, owner }) => owner === undefined && !identifier.isWeak)
    .map(({ identifier }) => identifier);
  const isAccountKnown = owned.some(({ identifier, owner }) => isAccount(identifier) && owner !== undefined);
  const account = isAccountKnown ? undefined : unknown.find(isAccount);
  return unknown.filter((identifier) => !isAccount(identifier) || identifier === account);
}

/** Whether the new identifiers may be attached to the owner of this identifier. */
function canAttach({ identifier, owner }: OwnedIdentifier, added: readonly Identifier[]): boolean {
  if (owner === undefined) return false;
  if (isStrong(identifier)) return !added.some(isAccount) || !owner.strong.some(isAccount);
  return !added.some(isStrong) || owner.strong.length === 0;
}
