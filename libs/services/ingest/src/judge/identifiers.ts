import type { ActivityReceived } from '@sestante/contracts';
import type { TrackingEvent } from './tracking-event.ts';

export type Identifier = ActivityReceived['identifiers'][number];
type Kind = Identifier['kind'];

/** Strongest first: the first one found is the key of the activity. */
const kinds: readonly Kind[] = ['user_id', 'loyalty_card', 'email', 'phone', 'anonymous_id', 'device_id'];
const longest = 256;

/** Every identifier that an event carries, strongest first: its ids, `context.externalIds`, and mail, phone and loyalty card among its traits. */
export function identifiersOf(event: TrackingEvent): Identifier[] {
  const context = event.context ?? {};
  const found: Partial<Record<Kind, unknown>>[] = [
    { user_id: event.userId, anonymous_id: event.anonymousId },
    ...externalIds(context['externalIds']),
    fromTraits(event.traits),
    fromTraits(context['traits']),
    { device_id: member(context['device'], 'id') },
    ...(event.type === 'alias' ? [{ anonymous_id: event.previousId }] : []),
  ];
  return kinds.flatMap((kind) => {
    const values = found.map((candidate) => text(candidate[kind])).filter((value) => value !== '' && value.length <= longest);
    return [...new Set(values)].map((value) => ({ kind, value }));
  });
}

function fromTraits(traits: unknown): Partial<Record<Kind, unknown>> {
  return {
    email: member(traits, 'email'),
    phone: member(traits, 'phone'),
    loyalty_card: member(traits, 'loyaltyCard') ?? member(traits, 'loyalty_card'),
  };
}

/** Segment's way to give other identifiers: `[{ id, type, collection, encoding }]`. */
function externalIds(list: unknown): Partial<Record<Kind, unknown>>[] {
  if (!Array.isArray(list)) return [];
  return list
    .map((entry) => ({ type: member(entry, 'type'), id: member(entry, 'id') }))
    .filter(({ type }) => kinds.includes(type as Kind))
    .map(({ type, id }) => ({ [type as Kind]: id }));
}

function member(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
