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

/** The keys of all identifiers in a stored event, in any format and at any level. The event is found by them when a person is erased. */
export function personsIn(event: unknown): string[] {
  const keys = new Set<string>();
  collect(event, keys, 1);
  return [...keys];
}

function collect(value: unknown, keys: Set<string>, level: number): void {
  if (typeof value !== 'object' || value === null || level > deepest) return;
  const { type, id } = value as { type?: unknown; id?: unknown };
  if (identifierKinds.includes(type as IdentifierKind)) add(type as IdentifierKind, id, keys);
  for (const [name, inner] of Object.entries(value)) {
    const kind = kinds.get(bareName(name));
    if (kind) add(kind, inner, keys);
    // An email address is recognised under any name, and in a list.
    if (typeof inner === 'string' && inner.includes('@')) add('email', inner, keys);
    collect(inner, keys, level + 1);
  }
}

function add(kind: IdentifierKind, value: unknown, keys: Set<string>): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const identifier = normalise(kind, String(value));
  if (identifier) keys.add(identifierKey(identifier).replaceAll('\u0000', '').toWellFormed());
}
