import { identifierKinds, normalise } from '@sestante/identity';
import type { DataSource } from 'typeorm';
import { searchableName } from '../store/searchable-name.ts';

/** A member that is looked for. */
export interface Match {
  readonly memberId: string;
  readonly customerId: string;
}

/** A shorter beginning of a name would find everybody. */
const fewestLetters = 2;
/** The most names that are read. Several of them may be of one customer. */
const maxNames = 500;

/**
 * The members that have the text as an identifier, of any kind. The strongest kind is first. With a country, a phone number without a country code is looked for
 * as one of that country, and as it is.
 */
export function matchesByIdentifier(dataSource: DataSource, text: string, country?: string): Promise<Match[]> {
  const asWritten = normalise('phone', text);
  const wanted = identifierKinds.flatMap((kind) => normalise(kind, text, country) ?? []);
  if (asWritten && !wanted.some(({ kind, value }) => kind === 'phone' && value === asWritten.value))
    wanted.push(asWritten);
  return dataSource.query<Match[]>(
    `select m.member_id as "memberId", m.customer_id as "customerId"
       from unnest($1::text[], $2::text[]) with ordinality as wanted (kind, value, place)
      cross join lateral (
              select member_id, customer_id from profile.member where kind = wanted.kind and value = wanted.value offset 0) m
      order by wanted.place`,
    [wanted.map(({ kind }) => kind), wanted.map(({ value }) => value)],
  );
}

/** The members with a name that begins with the text. Those who are called so come first, then the other names in their order; of equal names, the newest. */
export async function matchesByName(dataSource: DataSource, text: string): Promise<Match[]> {
  const beginning = searchableName(text);
  if ([...beginning].length < fewestLetters) return [];
  return dataSource.query<Match[]>(
    `select m.member_id as "memberId", m.customer_id as "customerId"
       from (select member_id, search from profile.name where search >= $1 and search < $2
              order by search, member_id desc limit $3) n
      cross join lateral (select member_id, customer_id from profile.member where member_id = n.member_id offset 0) m
      order by n.search, n.member_id desc`,
    [beginning, `${beginning}\u{10ffff}`, maxNames],
  );
}
