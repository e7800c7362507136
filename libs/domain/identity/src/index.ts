export { identifierKey, identifierKinds } from './identifier.ts';
export type { Identifier, IdentifierKind } from './identifier.ts';
export { normalise } from './normalise.ts';
export type { Owner, Resolution } from './resolution.ts';
export { resolve } from './resolve.ts';
export { isStrong, strongest, strongestFirst } from './strength.ts';
export { whyUnclear } from './unclear.ts';
