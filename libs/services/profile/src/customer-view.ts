import { consentSubjects } from '@sestante/contracts';
import type { DataSource } from 'typeorm';
import type { Customer } from './customer-response.ts';
import { maskIdentifier } from './masking/mask-identifier.ts';
import { maskProperty } from './masking/mask-properties.ts';
import { maskText } from './masking/mask-text.ts';
import { type LatestValues, standingOf } from './standing-entries.ts';
import {
  readMembersOf,
  readPlacesOf,
  readStandingOf,
  readTraitsOf,
  type ReadMember,
  type ReadTrait,
} from './store/read-customer.ts';

/** A customer by its present id, in full; undefined if there is none. */
export async function viewOf(dataSource: DataSource, customerId: string): Promise<Customer | undefined> {
  const [members, traits, latest, places] = await Promise.all([
    readMembersOf(dataSource, customerId),
    readTraitsOf(dataSource, customerId),
    readStandingOf(dataSource, customerId),
    readPlacesOf(dataSource, customerId),
  ]);
  const [first] = members;
  if (!first) return undefined;
  return {
    customerId,
    createdAt: first.knownAt.toISOString(),
    isUnconfirmed: !members.some(({ isConfirmed }) => isConfirmed),
    firstSeenAt: iso(extreme(members, ({ firstAt }) => firstAt, Math.min)),
    lastSeenAt: iso(extreme(members, ({ lastAt }) => lastAt, Math.max)),
    members: members.map(toMember),
    traits: Object.fromEntries(traits.filter(({ value }) => value !== null).map(toTrait)),
    standing: standingOf(latest),
    consents: consentsIn(latest),
    channels: [...places.channels].map(([channel, at]) => ({ channel, lastSeenAt: at.toISOString() })),
    stores: [...places.stores].map(([storeId, at]) => ({ storeId, lastSeenAt: at.toISOString() })),
    isRecentOnly: places.isRecentOnly,
  };
}

/** The customer without personal data: see `maskProperties`. */
export function masked({ members, traits, ...customer }: Customer): Customer {
  return {
    ...customer,
    members: members.map((member) => ({ ...member, identifiers: member.identifiers.map(maskIdentifier) })),
    traits: Object.fromEntries(
      Object.entries(traits).map(([name, trait]) => [
        maskText(name),
        { ...trait, value: maskProperty(name, trait.value) },
      ]),
    ),
  };
}

function toMember({ memberId, kind, value, knownAt, isVerified }: ReadMember): Customer['members'][number] {
  return { memberId, identifiers: [{ kind, value }], firstSeenAt: knownAt.toISOString(), isVerified };
}

function toTrait({ name, value, setAt, source }: ReadTrait) {
  return [name, { value, source, setAt: setAt.toISOString() }] as const;
}

function consentsIn(latest: LatestValues): Customer['consents'] {
  return Object.fromEntries(
    consentSubjects.flatMap((subject) => {
      const entry = latest.get(subject);
      return entry ? [[subject, { value: entry.value as 'granted' | 'denied', setAt: entry.setAt }] as const] : [];
    }),
  );
}

function extreme(
  members: readonly ReadMember[],
  instantOf: (member: ReadMember) => Date | null,
  select: (...instants: number[]) => number,
): number | undefined {
  const instants = members.flatMap((member) => instantOf(member)?.getTime() ?? []);
  return instants.length === 0 ? undefined : select(...instants);
}

const iso = (instant: number | undefined) => (instant === undefined ? null : new Date(instant).toISOString());
