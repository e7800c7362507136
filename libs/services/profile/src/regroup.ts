import {
  customerIdOf,
  groupMembers,
  isExplicit,
  type Link,
  type Member,
  type Refusal,
  type Separation,
} from '@sestante/identity';
import { firstLinksOf, newFirstLink } from './first-links.ts';
import type { NewLink, NewMember } from './resolve-batch.ts';

/** A stored member. */
export interface StoredMember extends Member {
  readonly customerId: string;
  readonly moves: number;
  readonly firstPartner: string | null;
  /** Increases with every link and decision about the member. */
  readonly revision: number;
  readonly isShared: boolean;
  /** Nobody but a page says that its first partner is the same person. */
  readonly isFirstByPage: boolean;
}

/** A stored link, with the reason if it is refused. */
export interface StoredLink extends Link {
  readonly refusal: Refusal | null;
}

/** All that is stored about some members and everybody who is connected with them by links. */
export interface Component {
  readonly members: ReadonlyMap<string, StoredMember>;
  readonly links: ReadonlyMap<string, StoredLink>;
  readonly separations: readonly Separation[];
}

export const nothingStored: Component = { members: new Map(), links: new Map(), separations: [] };

/** What becomes known. */
export interface Change {
  readonly members?: readonly NewMember[];
  readonly links?: readonly KnownLink[];
  /** New links that would connect too many members: they are refused, whatever else is known. */
  readonly beyond?: readonly KnownLink[];
  readonly verified?: ReadonlySet<string>;
  /** The members that more than a page knows now. */
  readonly confirmed?: ReadonlySet<string>;
  /** The members that are one person's, with however many others they come. */
  readonly unlimited?: ReadonlySet<string>;
  /** The links that somebody undoes, with who and why. */
  readonly undone?: ReadonlyMap<string, object>;
  readonly blocked?: ReadonlyMap<string, boolean>;
  readonly separate?: readonly Separation[];
  /** The separations that a merge by hand lifts. */
  readonly lift?: readonly Separation[];
}

/** A link of an activity, or a merge by hand with who made it and why. */
export type KnownLink = Omit<NewLink, 'activityId'> & { readonly activityId?: string; readonly note?: object };

/** A stored member that belongs to another customer from now on. */
export interface Move {
  readonly memberId: string;
  readonly customerId: string;
  readonly formerId: string;
  /** How often it was moved, this time included. */
  readonly moves: number;
}

/** A stored member whose row changes. */
export interface ChangedMember {
  readonly member: StoredMember;
  readonly customerId: string;
  readonly moves: number;
  readonly isVerified: boolean;
  readonly isBlocked: boolean;
  readonly isConfirmed: boolean;
  readonly isUnlimited: boolean;
  readonly isShared: boolean;
  /** Its first link, if it had none, or only one by a page. */
  readonly firstLink: KnownLink | undefined;
}

/** A new member as it is stored. */
export interface AddedMember extends NewMember {
  readonly customerId: string;
  readonly isVerified: boolean;
  readonly isConfirmed: boolean;
  readonly isShared: boolean;
  /** Its first link, if it has one. */
  readonly firstLink: KnownLink | undefined;
}

/** What follows from a change. */
export interface Regrouping {
  readonly change: Change;
  readonly component: Component;
  readonly moves: readonly Move[];
  /** The customer of each member of the component, the new ones included. */
  readonly customerOf: ReadonlyMap<string, string>;
  readonly added: readonly AddedMember[];
  readonly changed: readonly ChangedMember[];
  /**
   * The shared members that no explicit link or decision is about: activities link them with nobody, whatever else becomes known. So they need not be locked
   * or changed, although everybody who comes to the store is connected with its tablet.
   */
  readonly idle: ReadonlySet<string>;
  /** The links that are new, or that hold now and did not, or the other way round, with the reason if they are refused. */
  readonly refusals: ReadonlyMap<string, Refusal | null>;
}

/** Nobody changes. */
export const nothingChanged: Regrouping = {
  change: {},
  component: nothingStored,
  moves: [],
  customerOf: new Map(),
  added: [],
  changed: [],
  idle: new Set(),
  refusals: new Map(),
};

/** Gives an activity the customer that its member belongs to after a change. */
export function placing({ customerOf, moves }: Regrouping): <T extends Placed>(activity: T) => T {
  const countOf = new Map(moves.map(({ memberId, moves: count }) => [memberId, count]));
  return (activity) => {
    const { memberId } = activity;
    const customerId = customerOf.get(memberId);
    if (customerId === undefined || customerId === activity.customerId) return activity;
    return { ...activity, customerId, moves: countOf.get(memberId) ?? activity.moves };
  };
}

/** The customers that lose or get members. */
export function movedCustomers({ moves }: Regrouping): Set<string> {
  return new Set(moves.flatMap(({ customerId, formerId }) => [customerId, formerId]));
}

interface Placed {
  readonly memberId: string;
  readonly customerId: string;
  readonly moves: number;
}

/** Decides anew who is one person after a change. `component` must hold all stored members that the change names. */
export function regroup(component: Component, change: Change): Regrouping {
  const { members: added = [], links: newLinks = [], beyond = [] } = change;
  const members = new Map<string, Member>();
  for (const stored of component.members.values()) members.set(stored.memberId, withDecisions(stored, change));
  for (const { memberId, identifier } of added)
    members.set(memberId, withDecisions({ memberId, ...identifier, ...undecided }, change));
  const links = linksAfter(component, change);
  const known = [...component.members.values()].filter(({ isShared }) => isShared).map(({ memberId }) => memberId);
  const separations = separationsAfter(component, change);
  const grouping = groupMembers({
    members: members.values(),
    links: links.values(),
    separations,
    shared: new Set(known),
  });
  const customerOf = new Map<string, string>();
  for (const memberIds of grouping.customers) {
    const customerId = customerIdOf(memberIds.map((memberId) => members.get(memberId)!));
    for (const memberId of memberIds) customerOf.set(memberId, customerId);
  }
  const moves = [...component.members.values()].flatMap((member): Move[] => {
    const customerId = customerOf.get(member.memberId)!;
    return customerId === member.customerId
      ? []
      : [{ memberId: member.memberId, customerId, formerId: member.customerId, moves: member.moves + 1 }];
  });
  const firstLinks = firstLinksOf([...newLinks, ...beyond]);
  const idle = idleMembers(component, change);
  return {
    change,
    component,
    moves,
    customerOf,
    added: added.map((one) => ({
      ...one,
      customerId: customerOf.get(one.memberId)!,
      isVerified: members.get(one.memberId)!.isVerified,
      isConfirmed: members.get(one.memberId)!.isConfirmed,
      isShared: grouping.shared.has(one.memberId),
      firstLink: firstLinks.get(one.memberId),
    })),
    changed: changedMembers({ component, change, members, customerOf, shared: grouping.shared, firstLinks, idle }),
    idle,
    refusals: refusalsAfter(component, links, grouping.refused),
  };
}

const undecided = { isVerified: false, isBlocked: false, isConfirmed: false, isUnlimited: false };

function withDecisions<M extends Member>(member: M, { verified, blocked, confirmed, unlimited }: Change): M {
  const { memberId } = member;
  return {
    ...member,
    isVerified: member.isVerified || (verified?.has(memberId) ?? false),
    isBlocked: blocked?.get(memberId) ?? member.isBlocked,
    isConfirmed: member.isConfirmed || (confirmed?.has(memberId) ?? false),
    isUnlimited: member.isUnlimited || (unlimited?.has(memberId) ?? false),
  };
}

function linksAfter(component: Component, { links = [], undone }: Change): Map<string, Link> {
  const after = new Map<string, Link>();
  for (const link of component.links.values())
    after.set(link.linkId, undone?.has(link.linkId) ? { ...link, isUndone: true } : link);
  for (const link of links) {
    const stored = after.get(link.linkId);
    after.set(link.linkId, stored ? { ...stored, at: Math.min(stored.at, link.at) } : { ...link, isUndone: false });
  }
  return after;
}

function separationsAfter({ separations }: Component, { separate = [], lift = [] }: Change): Separation[] {
  const lifted = new Set(lift.map((pair) => pair.join()));
  return [...separations.filter((pair) => !lifted.has(pair.join())), ...separate];
}

function changedMembers(after: {
  readonly component: Component;
  readonly change: Change;
  readonly members: ReadonlyMap<string, Member>;
  readonly customerOf: ReadonlyMap<string, string>;
  readonly shared: ReadonlySet<string>;
  readonly firstLinks: ReadonlyMap<string, KnownLink>;
  readonly idle: ReadonlySet<string>;
}): ChangedMember[] {
  const { component, change, members, customerOf, shared, firstLinks, idle } = after;
  const named = namedMembers(component, change);
  return [...component.members.values()].flatMap((member): ChangedMember[] => {
    const { memberId } = member;
    const { isVerified, isBlocked, isConfirmed, isUnlimited } = members.get(memberId)!;
    const customerId = customerOf.get(memberId)!;
    const isShared = shared.has(memberId);
    const hasMoved = customerId !== member.customerId;
    if (idle.has(memberId) || (!named.has(memberId) && !hasMoved && isShared === member.isShared)) return [];
    const decisions = { isVerified, isBlocked, isConfirmed, isUnlimited, isShared };
    const firstLink = newFirstLink(member, firstLinks);
    return [{ member, customerId, moves: member.moves + Number(hasMoved), ...decisions, firstLink }];
  });
}

/** See `Regrouping.idle`. */
function idleMembers(component: Component, change: Change): ReadonlySet<string> {
  const links = [...component.links.values(), ...(change.links ?? [])];
  const explicit = new Set(links.filter(isExplicit).flatMap(({ members }) => members));
  const decided = namedMembers(component, { ...change, links: [] });
  const shared = [...component.members.values()].filter(({ isShared }) => isShared).map(({ memberId }) => memberId);
  return new Set(shared.filter((memberId) => !explicit.has(memberId) && !decided.has(memberId)));
}

/** The members that the change is about. */
function namedMembers(component: Component, change: Change): Set<string> {
  const { links = [], undone, verified, blocked, confirmed, unlimited, separate = [], lift = [] } = change;
  const undoneLinks = [...(undone?.keys() ?? [])].map((linkId) => component.links.get(linkId)!);
  const pairs = [...[...links, ...undoneLinks].map(({ members }) => members), ...separate, ...lift];
  const decided = [...(verified ?? []), ...(blocked?.keys() ?? []), ...(confirmed ?? []), ...(unlimited ?? [])];
  return new Set([...pairs.flat(), ...decided]);
}

function refusalsAfter(
  component: Component,
  links: ReadonlyMap<string, Link>,
  refused: ReadonlyMap<string, Refusal>,
): Map<string, Refusal | null> {
  const changed = new Map<string, Refusal | null>();
  for (const linkId of links.keys()) {
    const refusal = refused.get(linkId) ?? null;
    const stored = component.links.get(linkId);
    if (!stored || stored.refusal !== refusal) changed.set(linkId, refusal);
  }
  return changed;
}
