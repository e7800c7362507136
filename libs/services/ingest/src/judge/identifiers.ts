import {
  type Identifier,
  type IdentifierKind,
  identifierKinds,
  isOfStrongKind,
  isStrong,
  normalise,
  strongestFirst,
} from '@sestante/identity';
import { type ClaimableKind, claimableKinds } from '../sources/source.ts';
import { cleanText } from './clean.ts';
import type { TrackingEvent } from './tracking-event.ts';

type Candidate = Partial<Record<IdentifierKind, unknown>>;

/**
 * Every identifier that an event carries, strongest first: its ids, `context.externalIds`, and mail, phone and loyalty card among the
 * person's traits. The traits of a group event are the group's: its mail would make one person of everybody in the company. Those of a kind
 * that the source has no claim to are weak.
 */
export function identifiersOf(event: TrackingEvent, claims: readonly ClaimableKind[]): Identifier[] {
  const found = candidatesOf(event);
  const identifiers = identifierKinds.flatMap((kind) => {
    const values = found.flatMap((candidate) => normalise(kind, text(candidate[kind]))?.value ?? []);
    const isWeak = isClaimable(kind) && !claims.includes(kind);
    return [...new Set(values)].map((value): Identifier => (isWeak ? { kind, value, isWeak } : { kind, value }));
  });
  return strongestFirst(identifiers);
}

function isClaimable(kind: IdentifierKind): kind is ClaimableKind {
  return (claimableKinds as readonly IdentifierKind[]).includes(kind);
}

/** An account or a card on a weak word: nobody can be made of it, who would come again. */
export function isMereClaim(identifier: Identifier): boolean {
  return isOfStrongKind(identifier) && !isStrong(identifier);
}

/**
 * Which of the ids that the event carries cannot be told from others, undefined if none: numbers that JSON has rounded, and texts that
 * differ in nothing but characters that are not kept. Two people would become one. The event is as it came.
 */
export function unclearIdOf(event: TrackingEvent): string | undefined {
  if (isUnclear(event.messageId)) return 'messageId';
  const found = candidatesOf(event);
  return identifierKinds.find((kind) => found.some((candidate) => isUnclear(candidate[kind])));
}

function isUnclear(id: unknown): boolean {
  if (typeof id === 'number') return !(Math.abs(id) <= Number.MAX_SAFE_INTEGER);
  return typeof id === 'string' && cleanText(id) !== id;
}

function candidatesOf(event: TrackingEvent): Candidate[] {
  const context = event.context ?? {};
  return [
    { user_id: event.userId, anonymous_id: event.anonymousId },
    ...externalIds(context['externalIds']),
    ...(event.type === 'group' ? [] : [fromTraits(event.traits)]),
    fromTraits(context['traits']),
    { device_id: member(context['device'], 'id') },
    ...(event.type === 'alias' ? [{ anonymous_id: event.previousId }] : []),
  ];
}

function fromTraits(traits: unknown): Candidate {
  return {
    email: member(traits, 'email'),
    phone: member(traits, 'phone'),
    loyalty_card: member(traits, 'loyaltyCard') ?? member(traits, 'loyalty_card'),
  };
}

/** Segment's way to give other identifiers: `[{ id, type, collection, encoding }]`. */
function externalIds(list: unknown): Candidate[] {
  if (!Array.isArray(list)) return [];
  return list
    .map((entry) => ({ type: member(entry, 'type'), id: member(entry, 'id') }))
    .filter(({ type }) => identifierKinds.includes(type as IdentifierKind))
    .map(({ type, id }) => ({ [type as IdentifierKind]: id }));
}

function member(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
