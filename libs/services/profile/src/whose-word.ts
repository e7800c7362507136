import type { ActivityReceived } from '@sestante/contracts';
import { type Identifier, identifierKey, isDevice, isVouched, may } from '@sestante/identity';
import type { TimelineEntry } from './store/new-activities.ts';
import type { Owner, TokenOwner } from './store/owners.ts';
import type { StoredActivity } from './store/timeline.ts';

/** The customers whose tokens came with activities. */
export function tokensIn(activities: readonly ActivityReceived[]): string[] {
  return activities.flatMap(({ tokenOf }) => tokenOf ?? []);
}

/**
 * The rule of a link between two identifiers that an activity names. The token of their customer, and a source that accepts the word of its pages, link
 * browsers and devices: two accounts need a secret key.
 */
export function linkRuleOf(
  { vouchedBy, mayLink }: ActivityReceived,
  ends: readonly Identifier[],
  customer: Owner | undefined,
): 'same-activity' | 'same-page' {
  if (vouchedBy === 'secret') return 'same-activity';
  const isVouchedFor = customer ? may(vouchedBy, 'link-known-account') : mayLink === true;
  return isVouchedFor && ends.some(isDevice) ? 'same-activity' : 'same-page';
}

/**
 * The member of the customer whose token came with the activity, if the activity may be theirs: it names an account of theirs, or a browser only. Undefined
 * without a token, or if it names somebody else.
 */
export function tokenCustomer(
  { tokenOf, vouchedBy, isTokenWeak }: ActivityReceived,
  { first, head, tokens }: { first: Identifier; head: Owner; tokens: ReadonlyMap<string, TokenOwner> },
): Owner | undefined {
  const customer = vouchedBy === 'customer' && tokenOf !== undefined ? tokens.get(tokenOf) : undefined;
  if (!customer || !isOf(customer, customer.customerId, isTokenWeak) || !isVouched(first)) return undefined;
  return isDevice(first) || head.customerId === customer.customerId ? customer : undefined;
}

/**
 * Whether a token is still one of the customer. One that was issued for weak identifiers only, such as a visitor's, ends with the first login: whoever holds it
 * need not be the person who has logged in. It does so also if the identifier has become strong since, as a mailbox that was verified.
 */
const isOf = ({ isStrong, memberId }: TokenOwner, customerId: string, isTokenWeak = false) =>
  (isStrong && !isTokenWeak) || memberId === customerId;

/** What was known before a batch, and what it changed. */
interface Known {
  readonly regrouping: { readonly customerOf: ReadonlyMap<string, string> };
}

const customerAfter = ({ memberId, customerId }: Owner, { regrouping }: Known) =>
  regrouping.customerOf.get(memberId) ?? customerId;

/** An activity with the token of a customer is the word of this customer only if it is about the same one, after the batch. Otherwise it is that of a page. */
export function withWord(
  entry: TimelineEntry,
  known: Known & { readonly tokens: ReadonlyMap<string, TokenOwner> },
): TimelineEntry {
  if (entry.vouchedBy !== 'customer') return entry;
  const owner = entry.tokenOf === undefined ? undefined : known.tokens.get(entry.tokenOf);
  const isTheirs =
    owner && customerAfter(owner, known) === entry.customerId && isOf(owner, entry.customerId, entry.isTokenWeak);
  return isTheirs ? entry : { ...entry, vouchedBy: 'page' };
}

type KnownOwners = Known & { readonly owners: ReadonlyMap<string, Owner> };

/** Whether an activity names a browser or device that belongs to the customer, after the batch. */
function isFromBrowserOf(
  customerId: string,
  { identifiers }: Pick<ActivityReceived, 'identifiers'>,
  known: KnownOwners,
) {
  const browsers = identifiers.filter(isDevice).map((one) => known.owners.get(identifierKey(one)));
  return browsers.some((owner) => owner && customerAfter(owner, known) === customerId);
}

/** The activities without the traits that a page alone may not set: those of members that more than a page knows, from a browser that is not theirs. */
export function withAllowedTraits(
  entries: readonly TimelineEntry[],
  known: KnownOwners & { readonly confirmed: ReadonlySet<string> },
): readonly TimelineEntry[] {
  const isInDoubt = ({ vouchedBy, traits }: TimelineEntry) => vouchedBy === 'page' && Object.keys(traits).length > 0;
  if (!entries.some(isInDoubt)) return entries;
  const stored = [...known.owners.values()].filter(({ isConfirmed }) => isConfirmed);
  const confirmed = new Set([...known.confirmed, ...stored.map(({ memberId }) => memberId)]);
  const maySetTraits = (entry: TimelineEntry) =>
    !confirmed.has(entry.memberId) ||
    may(entry.vouchedBy, 'set-traits', isFromBrowserOf(entry.customerId, entry, known));
  return entries.map((entry) => (isInDoubt(entry) && !maySetTraits(entry) ? { ...entry, traits: {} } : entry));
}

/** The answers to offers that a page alone vouches for, and whose browser or device belongs to the customer whom they are about: their ids. */
export function answersOfOwnBrowsers(
  acted: readonly StoredActivity[],
  received: readonly ActivityReceived[],
  known: KnownOwners,
): ReadonlySet<string> {
  const customers = new Map(
    acted.flatMap(({ activityId, name, vouchedBy, customerId }) =>
      vouchedBy === 'page' && name.startsWith('offer.') ? [[activityId, customerId] as const] : [],
    ),
  );
  const found = new Set<string>();
  for (const activity of customers.size > 0 ? received : []) {
    const customerId = customers.get(activity.activityId);
    if (customerId !== undefined && isFromBrowserOf(customerId, activity, known)) found.add(activity.activityId);
  }
  return found;
}
