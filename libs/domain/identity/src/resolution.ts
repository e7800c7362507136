import type { Identifier } from './identifier.ts';

/** The member that an identifier belongs to, which never changes, and the customer that this member currently belongs to. */
export interface Owner {
  readonly memberId: string;
  readonly customerId: string;
  /** The strong identifiers of the member. */
  readonly strong: readonly Identifier[];
}

/** The owner of an activity, and the identifiers to attach to the owner. */
export interface Resolution {
  /** Undefined if a new member and a new customer are needed. */
  readonly owner: Owner | undefined;
  /** The new identifiers to attach to that member, strongest first, each once. */
  readonly attach: readonly Identifier[];
}
