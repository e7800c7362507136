/** The kinds of identifier an activity may carry, strongest first. */
export const identifierKinds = ['user_id', 'loyalty_card', 'email', 'phone', 'anonymous_id', 'device_id'] as const;

export type IdentifierKind = (typeof identifierKinds)[number];

/** An identifier of a person in a source. Two identifiers are the same if kind and value are the same: compare them by `identifierKey`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  /** The result of `normalise`: 1 to 256 characters. */
  readonly value: string;
  /** The source cannot vouch for the identifier, for example a web page for a loyalty card. It is weak evidence, whatever its kind. */
  readonly isWeak?: true;
  /** The call `alias` says that it is another id of the person, and its source vouches for accounts. */
  readonly isAlias?: true;
}

/** The identifier as one text, for maps and message keys. No kind contains a colon, so the text is unique. */
export function identifierKey({ kind, value }: Pick<Identifier, 'kind' | 'value'>): string {
  return `${kind}:${value}`;
}
