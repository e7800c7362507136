import { identifierKey, type Identifier } from './identifier.ts';
import type { Owner, Resolution } from './resolution.ts';
import { isAccount, isStrong, strongestFirst } from './strength.ts';

interface Sighting {
  readonly identifier: Identifier;
  readonly owner: Owner | undefined;
}

/**
 * Finds out whose activity it is. It goes to the owner of its strongest known identifier who may take in the strong
 * identifiers that are new; if there is no such owner, to a new customer. A shared device, a family mailbox and a
 * family's loyalty card never glue two people together. What is named on a weak word may lead to its owner, and never gets one: whoever comes with
 * it later, and can vouch for it, must not find it taken.
 *
 * @param identifiers of one activity, normalised, in any order. Of several accounts in one activity only known ones
 *   count, or else the first: an account that is left out is not attached
 * @param ownerOf who owns an identifier now, activities resolved before this one included; asked once for each identifier
 */
export function resolve(
  identifiers: readonly Identifier[],
  ownerOf: (identifier: Identifier) => Owner | undefined,
): Resolution {
  const sightings = eachOnce(strongestFirst(identifiers)).map((identifier) => ({
    identifier,
    owner: ownerOf(identifier),
  }));
  const attach = newcomers(sightings);
  const owner = sightings.find((sighting) => mayTakeIn(sighting, attach))?.owner;
  return { owner, attach };
}

/** The first of those that are the same. */
function eachOnce(identifiers: readonly Identifier[]): Identifier[] {
  const first = new Map<string, Identifier>();
  for (const identifier of identifiers) {
    const key = identifierKey(identifier);
    if (!first.has(key)) first.set(key, identifier);
  }
  return [...first.values()];
}

/** The unknown identifiers that may be attached, with at most one account: nobody acts under two accounts at once. */
function newcomers(sightings: readonly Sighting[]): Identifier[] {
  const unknown = sightings
    .filter(({ identifier, owner }) => owner === undefined && !identifier.isWeak)
    .map(({ identifier }) => identifier);
  const isAccountKnown = sightings.some(({ identifier, owner }) => isAccount(identifier) && owner !== undefined);
  const account = isAccountKnown ? undefined : unknown.find(isAccount);
  return unknown.filter((identifier) => !isAccount(identifier) || identifier === account);
}

/** Whether the owner of this identifier may take in the newcomers on the word of this identifier. */
function mayTakeIn({ identifier, owner }: Sighting, newcomers: readonly Identifier[]): boolean {
  if (owner === undefined) return false;
  if (isStrong(identifier)) return !newcomers.some(isAccount) || !owner.strong.some(isAccount);
  return !newcomers.some(isStrong) || owner.strong.length === 0;
}
