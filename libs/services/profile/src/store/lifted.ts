import type { Separation } from '@sestante/identity';
import type { PoolClient } from 'pg';

/** The separations that a merge by hand lifted; none of another link. */
export async function findLifted(client: PoolClient, linkId: string): Promise<readonly Separation[]> {
  const { rows } = await client.query<{ lifted: readonly Separation[] | null }>(
    `select note -> 'lifted' as lifted from profile.link where link_id = $1`,
    [linkId],
  );
  return rows[0]?.lifted ?? [];
}
