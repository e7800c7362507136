import type { Identifier } from './identifier.ts';

/** The member that an identifier belongs to, for ever, and the customer that this member is a part of today. */
export interface Owner {
  readonly memberId: string;
  readonly customerId: string;
  /** Strong identifiers that the member holds already. */
  readonly strong: readonly Identifier[];
}

/** Whose activity it is, and what becomes of the identifiers that it carries. */
export interface Resolution {
  /** Undefined: a new member and a new customer are needed. */
  readonly owner: Owner | undefined;
  /** Identifiers that are new and come to that member, strongest first, each once. */
  readonly attach: readonly Identifier[];
}
