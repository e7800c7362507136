import {
  type Identifier,
  type IdentifierKind,
  identifierKinds,
  normalise,
  strongestFirst,
  whyUnclear,
} from '@sestante/identity';
import { type ClaimableKind, claimableKinds, type KeyKind, type Source } from '../../types/source.ts';
import { mixesGroup } from '../traits-of.ts';
import type { TrackingEvent } from '../tracking-event.ts';

/** An identifier as it was received. */
export interface RawIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string | number;
  /** The previous id of an alias. */
  readonly isAlias?: true;
}

/**
 * All identifiers in an event: its ids, `context.externalIds`, and email, phone and loyalty card in the person's traits.
 * The traits of a group event are of the group: its email address would merge everybody in the company into one person.
 */
export function rawIdentifiersIn(event: TrackingEvent): readonly RawIdentifier[] {
  const named: RawIdentifier[] = [];
  const add = (kind: IdentifierKind, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') named.push({ kind, value });
  };
  const context = event.context ?? {};
  add('user_id', event.userId);
  add('anonymous_id', event.anonymousId);
  addExternalIds(context['externalIds'], add);
  if (event.type !== 'group') addFromTraits(event.traits, add);
  if (!mixesGroup(event)) addFromTraits(context['traits'], add);
  add('device_id', member(context['device'], 'id'));
  const { previousId } = event;
  if (event.type === 'alias' && (typeof previousId === 'string' || typeof previousId === 'number'))
    named.push({ kind: 'anonymous_id', value: previousId, isAlias: true });
  return named;
}

/** What a source vouches for, the country of its phone numbers, and by which key it sends. */
export type Vouching = Pick<Source, 'claims' | 'pagesMayLink'> & {
  readonly country?: string | null;
  readonly keyKind: KeyKind;
};

/** The normalised identifiers, strongest first, without duplicates. They are weak if the source has no claim to their kind. */
export function identifiersOf(
  named: readonly RawIdentifier[],
  { claims, country, keyKind }: Pick<Vouching, 'claims' | 'country' | 'keyKind'>,
): readonly Identifier[] {
  const mayAlias = keyKind === 'secret' && claims.includes('user_id');
  const identifiers: Identifier[] = [];
  for (const { kind, value, isAlias } of named) {
    const identifier = normalise(kind, String(value), country);
    if (!identifier || identifiers.some((other) => other.kind === kind && other.value === identifier.value)) continue;
    const isWeak = isClaimable(kind) && !claims.includes(kind);
    const aliased = isAlias && mayAlias ? { ...identifier, isAlias } : identifier;
    identifiers.push(isWeak ? { ...aliased, isWeak } : aliased);
  }
  return identifiers.length > 1 ? strongestFirst(identifiers) : identifiers;
}

/** A weak identifier does not create a customer. */
export function isWeakIdentifier({ isWeak }: Identifier): boolean {
  return isWeak === true;
}

/** The id of the device whose clock the event was timed by; empty if unknown. */
export function deviceOf({ anonymousId, userId, context }: TrackingEvent): string {
  return String(anonymousId ?? member(context?.['device'], 'id') ?? userId ?? '');
}

/** Why the messageId is ambiguous; undefined if it is not. */
export function whyMessageIdUnclear(messageId: unknown): string | undefined {
  const why = whyUnclear(messageId);
  return why && `messageId ${why}`;
}

export interface SeparatedIdentifiers {
  readonly clear: readonly RawIdentifier[];
  /** Ambiguous identifiers, as received: they would merge two persons. With the reason. */
  readonly unclear: readonly (RawIdentifier & { readonly why: string })[];
}

/** Separates the ambiguous identifiers from the others. */
export function separateUnclear(named: readonly RawIdentifier[]): SeparatedIdentifiers {
  const whys = named.map(({ kind, value }) => {
    const why = whyUnclear(value, kind);
    return why && `${kind} ${why}`;
  });
  if (whys.every((why) => why === undefined)) return { clear: named, unclear: [] };
  return {
    clear: named.filter((_, index) => whys[index] === undefined),
    unclear: named.flatMap((one, index) => (whys[index] ? [{ ...one, why: whys[index] }] : [])),
  };
}

function isClaimable(kind: IdentifierKind): kind is ClaimableKind {
  return (claimableKinds as readonly IdentifierKind[]).includes(kind);
}

type Add = (kind: IdentifierKind, value: unknown) => void;

function addFromTraits(traits: unknown, add: Add): void {
  if (typeof traits !== 'object' || traits === null) return;
  add('email', member(traits, 'email'));
  add('phone', member(traits, 'phone'));
  add('loyalty_card', member(traits, 'loyaltyCard') ?? member(traits, 'loyalty_card'));
}

/** Segment's list of further identifiers: `[{ id, type, collection, encoding }]`. */
function addExternalIds(list: unknown, add: Add): void {
  if (!Array.isArray(list)) return;
  for (const entry of list as readonly unknown[]) {
    const kind = member(entry, 'type') as IdentifierKind;
    if (identifierKinds.includes(kind)) add(kind, member(entry, 'id'));
  }
}

function member(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}
