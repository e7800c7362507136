import { splitByReach } from '@sestante/identity';
import { inOrder } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { nothingChanged, type Regrouping, regroup } from './regroup.ts';
import type { ResolvedBatch } from './resolve-batch.ts';
import { readComponent } from './store/components.ts';
import { lockIdentities } from './store/identity-lock.ts';
import { withoutKnown } from './store/known-links.ts';

/** What the activities of a batch change about who is one person. Most batches add only new people, for whom nothing has to be read. */
export async function regroupFor(
  client: PoolClient,
  { members, links, verified, confirmed }: Pick<ResolvedBatch, 'members' | 'links' | 'verified' | 'confirmed'>,
): Promise<Regrouping> {
  const isNew = new Set(members.map(({ memberId }) => memberId));
  const isStored = (memberId: string) => !isNew.has(memberId);
  const between = links.filter((link) => link.members.every(isStored));
  const news = links.filter((link) => !link.members.every(isStored));
  if (between.length > 0) news.push(...(await withoutKnown(client, between)));
  if (members.length === 0 && news.length === 0 && verified.size === 0 && confirmed.size === 0) return nothingChanged;
  const named = new Set([...news.flatMap((link) => link.members), ...verified, ...confirmed].filter(isStored));
  const [, component] = await inOrder([lockIdentities(client, 'shared'), readComponent(client, named)] as const);
  const { within, beyond } = splitByReach(news, { members: component.members, links: component.links.values() });
  return regroup(component, { members, links: within, beyond, verified, confirmed });
}
