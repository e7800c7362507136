import { type Identifier, identifierKinds } from '@sestante/identity';
import type { DataSource } from 'typeorm';
import type { Match } from './find-matches.ts';
import { nameTraits } from '../store/searchable-name.ts';

/** What is shown of a customer in a list. */
export interface Summary {
  readonly customerId: string;
  /** At most 50: first those that were looked for, then the strongest. */
  readonly identifiers: readonly Pick<Identifier, 'kind' | 'value'>[];
  readonly name: string | null;
  /** Nobody but pages knows the customer. */
  readonly isUnconfirmed: boolean;
  /** The latest activity of these identifiers. */
  readonly lastSeenAt: Date | undefined;
}

const maxIdentifiers = 50;
/** In code units. */
const maxNameLength = 200;

interface MemberRow extends Match, Pick<Identifier, 'kind' | 'value'> {
  readonly isUnconfirmed: boolean;
  readonly lastSeenAt: Date | null;
}

/** The summaries of the customers of the matches, by customer id. */
export async function readSummaries(
  dataSource: DataSource,
  matches: readonly Match[],
): Promise<ReadonlyMap<string, Summary>> {
  const members = Map.groupBy(await readMembers(dataSource, matches), ({ customerId }) => customerId);
  const memberIds = [...members.values()].flat().map(({ memberId }) => memberId);
  const traits = await readNameTraits(dataSource, memberIds);
  return new Map(
    [...members].map(([customerId, rows]) => {
      const ids = new Set(rows.map(({ memberId }) => memberId));
      const instants = rows.flatMap(({ lastSeenAt }) => (lastSeenAt ? lastSeenAt.getTime() : []));
      const summary = {
        customerId,
        isUnconfirmed: rows[0]!.isUnconfirmed,
        identifiers: rows.map(({ kind, value }) => ({ kind, value })),
        name: nameOf(
          new Map(traits.filter(({ memberId }) => ids.has(memberId)).map(({ name, value }) => [name, value])),
        ),
        lastSeenAt: instants.length > 0 ? new Date(Math.max(...instants)) : undefined,
      };
      return [customerId, summary] as const;
    }),
  );
}

function readMembers(dataSource: DataSource, matches: readonly Match[]): Promise<MemberRow[]> {
  return dataSource.query<MemberRow[]>(
    `select found.customer_id as "customerId", m.member_id as "memberId", m.kind, m.value, seen.occurred_at as "lastSeenAt",
            m.is_unconfirmed as "isUnconfirmed"
       from unnest($1::uuid[]) as found (customer_id)
      cross join lateral (
              select member_id, kind, value, first_seen_at, member_id = any($2::uuid[]) as is_match, array_position($3::text[], kind) as rank,
                     not bool_or(is_confirmed) over () as is_unconfirmed
                from profile.member where customer_id = found.customer_id
               order by is_match desc, rank, first_seen_at desc, member_id limit $4) m
       left join lateral (
              select occurred_at from profile.activity a where a.member_id = m.member_id order by a.occurred_at desc limit 1) seen on true
      order by m.is_match desc, m.rank, m.first_seen_at desc, m.member_id`,
    [
      [...new Set(matches.map(({ customerId }) => customerId))],
      matches.map(({ memberId }) => memberId),
      [...identifierKinds],
      maxIdentifiers,
    ],
  );
}

interface TraitRow {
  readonly memberId: string;
  readonly name: string;
  readonly value: unknown;
}

/** The latest value of a name is last. */
function readNameTraits(dataSource: DataSource, memberIds: readonly string[]): Promise<TraitRow[]> {
  return dataSource.query<TraitRow[]>(
    `select t.member_id as "memberId", t.name, t.value
       from unnest($1::uuid[]) as wanted (member_id)
      cross join lateral (select * from profile.trait where member_id = wanted.member_id and name = any($2::text[]) offset 0) t
      order by t.set_at, t.received_at, t.sequence, t.value::text collate "C"`,
    [memberIds, nameTraits],
  );
}

/** `name`, or else the first and the last name. */
function nameOf(traits: ReadonlyMap<string, unknown>): string | null {
  const text = (trait: string) => {
    const value = traits.get(trait);
    return (typeof value === 'string' && value.trim().slice(0, maxNameLength).toWellFormed()) || undefined;
  };
  const parts = [text('first_name') ?? text('firstName'), text('last_name') ?? text('lastName')];
  return (text('name') ?? parts.filter((part) => part !== undefined).join(' ')) || null;
}
