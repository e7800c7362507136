import {
  type Identifier,
  type IdentifierKind,
  identifierKinds,
  normalise,
  strongestFirst,
  whyUnclear,
} from '@sestante/identity';
import { type ClaimableKind, claimableKinds } from '../../types/source.ts';
import { mixesGroup } from '../traits-of.ts';
import type { TrackingEvent } from '../tracking-event.ts';

/** What an event names somebody by, as it came. */
export interface Named {
  readonly kind: IdentifierKind;
  readonly value: string | number;
}

/**
 * Everything that an event names somebody by: its ids, `context.externalIds`, and mail, phone and loyalty card among the person's traits.
 * The traits of a group event are the group's: its mail would make one person of everybody in the company.
 */
export function namedIn(event: TrackingEvent): readonly Named[] {
  const named: Named[] = [];
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
  if (event.type === 'alias') add('anonymous_id', event.previousId);
  return named;
}

/** The identifiers, strongest first, each once. Those of a kind that the source has no claim to are weak. */
export function identifiersOf(named: readonly Named[], claims: readonly ClaimableKind[]): Identifier[] {
  const identifiers: Identifier[] = [];
  for (const { kind, value } of named) {
    const identifier = normalise(kind, String(value));
    if (!identifier || identifiers.some((known) => known.kind === kind && known.value === identifier.value)) continue;
    const isWeak = isClaimable(kind) && !claims.includes(kind);
    identifiers.push(isWeak ? { ...identifier, isWeak } : identifier);
  }
  return identifiers.length > 1 ? strongestFirst(identifiers) : identifiers;
}

/** On a weak word: nobody can be made of it, who would come again. */
export function isMereClaim({ isWeak }: Identifier): boolean {
  return isWeak === true;
}

/** Whose clock an event was timed by, as far as it says. */
export function deviceOf({ anonymousId, userId, context }: TrackingEvent): string {
  return String(anonymousId ?? member(context?.['device'], 'id') ?? userId ?? '');
}

/** Why the id of the event itself cannot be told from others; undefined where it can. */
export function whyMessageIdUnclear(messageId: unknown): string | undefined {
  const why = whyUnclear(messageId);
  return why && `messageId ${why}`;
}

export interface ClearNames {
  readonly clear: readonly Named[];
  /** What is said of those that cannot be told from others: two people would become one. As they came. */
  readonly unclear: readonly (Named & { readonly why: string })[];
}

/** Tells the names that can be told from others from those that cannot. */
export function clearNamesOf(named: readonly Named[]): ClearNames {
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

/** Segment's way to give other identifiers: `[{ id, type, collection, encoding }]`. */
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
