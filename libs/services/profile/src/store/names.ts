import { textArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { nameTraits, searchableName } from './searchable-name.ts';

/** A trait of a member. */
export interface MemberTrait {
  readonly memberId: string;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Makes customers be found by those of the traits that are names. The same transaction has stored the traits before, each once, in this order. A value that
 * was superseded by a stored one changes nothing. Without names, nothing is sent.
 */
export async function setNames(client: PoolClient, traits: readonly MemberTrait[]): Promise<void> {
  const names = traits.filter(({ name }) => nameTraits.includes(name));
  if (names.length === 0) return;
  await client.query({
    name: 'profile-set-names',
    text: `
      insert into profile.name as n (member_id, trait, search)
      select given.member_id, given.trait, given.search
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as given (member_id, trait, search, value)
       cross join lateral (
               select t.value::text as value from profile.trait t where t.member_id = given.member_id and t.name = given.trait offset 0) stored
       where stored.value = given.value
          on conflict (member_id, trait) do update set search = excluded.search where n.search <> excluded.search`,
    values: [
      uuidArray(names.map(({ memberId }) => memberId)),
      textArray(names.map(({ name }) => name)),
      textArray(names.map(({ value }) => (typeof value === 'string' ? searchableName(value) : ''))),
      textArray(names.map(({ value }) => JSON.stringify(value))),
    ],
  });
}
