export { linkRules, isByPage, isExplicit, refusals } from './link.ts';
export type { Link, LinkRule, Member, Refusal, Separation } from './link.ts';
export { customerIdOf } from './customer-id.ts';
export { groupMembers } from './group-members.ts';
export type { Grouping, Known } from './group-members.ts';
export { identifierKey, identifierKinds } from './identifier.ts';
export type { Identifier, IdentifierKind } from './identifier.ts';
export { mostConnected, mostPartners } from './limits.ts';
export { normalise } from './normalise.ts';
export { may, rights, vouchers } from './rights.ts';
export type { Act, Right, VouchedBy } from './rights.ts';
export { splitByReach } from './reach.ts';
export {
  isAccount,
  isDevice,
  isProtected,
  isStrongMember,
  isVerifiable,
  isVouched,
  strongest,
  strongestFirst,
} from './strength.ts';
export { whyUnclear } from './unclear.ts';
