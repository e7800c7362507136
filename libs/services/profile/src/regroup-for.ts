import type { PoolClient } from 'pg';
import { nothingChanged, type Regrouping, regroup } from './regroup.ts';
import type { ResolvedBatch } from './resolve-batch.ts';
import { readComponent, withoutKnown } from './store/components.ts';
import { lockIdentities } from './store/identity-lock.ts';

/** What the activities of a batch change about who is one person. Most batches add only new people, for whom nothing has to be read. */
export async function regroupFor(
  client: PoolClient,
  { members, links, verified }: Pick<ResolvedBatch, 'members' | 'links' | 'verified'>,
): Promise<Regrouping> {
  const isNew = new Set(members.map(({ memberId }) => memberId));
  const isStored = (memberId: string) => !isNew.has(memberId);
  const between = links.filter((link) => link.members.every(isStored));
  const news = links.filter((link) => !link.members.every(isStored));
  if (between.length > 0) news.push(...(await withoutKnown(client, between)));
  if (members.length === 0 && news.length === 0 && verified.size === 0) return nothingChanged;
  await lockIdentities(client, 'shared');
  const named = new Set([...news.flatMap((link) => link.members), ...verified].filter(isStored));
  return regroup(await readComponent(client, named), { members, links: news, verified });
}
