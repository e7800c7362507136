import { type Identifier, type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import type { TrackingEvent } from './tracking-event.ts';

type Candidate = Partial<Record<IdentifierKind, unknown>>;

/**
 * Every identifier that an event carries, strongest first: its ids, `context.externalIds`, and mail, phone and loyalty card among the
 * person's traits. The traits of a group event are the group's: its mail would make one person of everybody in the company.
 */
export function identifiersOf(event: TrackingEvent): Identifier[] {
  const context = event.context ?? {};
  const found: Candidate[] = [
    { user_id: event.userId, anonymous_id: event.anonymousId },
    ...externalIds(context['externalIds']),
    ...(event.type === 'group' ? [] : [fromTraits(event.traits)]),
    fromTraits(context['traits']),
    { device_id: member(context['device'], 'id') },
    ...(event.type === 'alias' ? [{ anonymous_id: event.previousId }] : []),
  ];
  return identifierKinds.flatMap((kind) => {
    const values = found.flatMap((candidate) => normalise(kind, text(candidate[kind]))?.value ?? []);
    return [...new Set(values)].map((value) => ({ kind, value }));
  });
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
