import { bareName } from '@sestante/contracts';
import { type IdentifierKind, identifierKey, identifierKinds, normalise } from '@sestante/identity';

/** Names of identifier fields in events of any format, also of fields that are ignored, in lower case without separators. */
const kinds = new Map<string, IdentifierKind>([
  ...['userid', 'uid', 'customerid', 'previousid'].map((name) => [name, 'user_id'] as const),
  ...['loyaltycard', 'loyaltyaccountid', 'cardnumber'].map((name) => [name, 'loyalty_card'] as const),
  ...['email', 'mail', 'emailaddress'].map((name) => [name, 'email'] as const),
  ...['phone', 'telephone', 'mobile'].map((name) => [name, 'phone'] as const),
  ...['anonymousid', 'anonid', 'visitorid'].map((name) => [name, 'anonymous_id'] as const),
  ['deviceid', 'device_id'],
]);
const deepest = 32;

/**
 * The keys of all identifiers in a stored event, in any format and at any level. The event is found by them when a person is erased. A phone number without a
 * country code is found as it is, and as a number of the country of its source.
 */
export function personsIn(event: unknown, country: string | null): string[] {
  const keys = new Set<string>();
  collect(event, (kind, value) => add(kind, value, { keys, country }), 1);
  return [...keys];
}

function collect(value: unknown, found: Found, level: number): void {
  if (typeof value !== 'object' || value === null || level > deepest) return;
  // An external id of the tracking API, and an identifier of an activity.
  const { type, id, kind, value: named } = value as Readonly<Record<string, unknown>>;
  if (isKind(type)) found(type, id);
  if (isKind(kind)) found(kind, named);
  for (const [name, inner] of Object.entries(value)) {
    const kindOfName = kinds.get(bareName(name));
    if (kindOfName) found(kindOfName, inner);
    // An email address is recognised under any name, and in a list.
    if (typeof inner === 'string' && inner.includes('@')) found('email', inner);
    collect(inner, found, level + 1);
  }
}

const isKind = (text: unknown): text is IdentifierKind => identifierKinds.includes(text as IdentifierKind);

type Found = (kind: IdentifierKind, value: unknown) => void;

function add(
  kind: IdentifierKind,
  value: unknown,
  { keys, country }: { readonly keys: Set<string>; readonly country: string | null },
): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const countries = kind === 'phone' && country !== null ? [null, country] : [null];
  for (const one of countries) {
    const identifier = normalise(kind, String(value), one);
    if (identifier) keys.add(identifierKey(identifier).replaceAll('\u0000', '').toWellFormed());
  }
}
