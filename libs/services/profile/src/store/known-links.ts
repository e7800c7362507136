import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { KnownLink } from '../regroup.ts';

/** Of these links, those that are not stored yet, or have an earlier instant. */
export async function withoutKnown<T extends KnownLink>(client: PoolClient, links: readonly T[]): Promise<T[]> {
  const { rows } = await client.query<{ link_id: string; at: number }>({
    name: 'profile-find-links',
    text: `
      select c.link_id, (extract(epoch from c.at) * 1000)::float8 as at from unnest($1::uuid[]) as wanted (link_id)
       cross join lateral (select link_id, at from profile.link where link_id = wanted.link_id offset 0) c`,
    values: [uuidArray(links.map(({ linkId }) => linkId))],
  });
  const known = new Map(rows.map(({ link_id, at }) => [link_id, at]));
  return links.filter(({ linkId, at }) => !(known.get(linkId)! <= at));
}
