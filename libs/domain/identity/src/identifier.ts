/** The kinds of identifier an activity may carry, strongest first. */
export const identifierKinds = ['user_id', 'loyalty_card', 'email', 'phone', 'anonymous_id', 'device_id'] as const;

export type IdentifierKind = (typeof identifierKinds)[number];

/** What a source knows somebody by. Two identifiers are the same if kind and value are, on whoever's word: compare them by `identifierKey`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  /** As `normalise` gives it: 1 to 256 characters. */
  readonly value: string;
  /** The word of somebody who cannot vouch for it, such as a web page for a loyalty card: it is weak evidence, whatever its kind. */
  readonly isWeak?: true;
}

/** The text of an identifier, for maps and message keys. No kind contains a colon, so that no two identifiers share a text. */
export function identifierKey(identifier: Identifier): string {
  return `${identifier.kind}:${identifier.value}`;
}
