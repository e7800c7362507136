import { identifierKey, isStrong, resolve, type Identifier, type Owner, type Resolution } from '../src/index.ts';

/** An in-memory store of members and their identifiers, with one customer for each member. */
export interface Members {
  /** Resolves an activity with these identifiers and applies the resolution. */
  readonly act: (...identifiers: readonly Identifier[]) => Applied;
  readonly ownerOf: (identifier: Identifier) => Owner | undefined;
  readonly identifiersOf: (memberId: string) => readonly Identifier[];
  readonly memberIds: () => readonly string[];
}

export interface Applied extends Resolution {
  /** The member, known or new, that the activity goes to. */
  readonly memberId: string;
}

export function emptyMembers(): Members {
  const held = new Map<string, Identifier[]>();
  const memberOf = new Map<string, string>();

  function ownerOf(identifier: Identifier): Owner | undefined {
    const memberId = memberOf.get(identifierKey(identifier));
    if (memberId === undefined) return undefined;
    return { memberId, customerId: `customer of ${memberId}`, strong: (held.get(memberId) ?? []).filter(isStrong) };
  }

  function act(...identifiers: readonly Identifier[]): Applied {
    const resolution = resolve(identifiers, ownerOf);
    const memberId = resolution.owner?.memberId ?? `member ${held.size + 1}`;
    for (const identifier of resolution.attach) memberOf.set(identifierKey(identifier), memberId);
    held.set(memberId, [...(held.get(memberId) ?? []), ...resolution.attach]);
    return { ...resolution, memberId };
  }

  return { act, ownerOf, identifiersOf: (id) => held.get(id) ?? [], memberIds: () => [...held.keys()] };
}
