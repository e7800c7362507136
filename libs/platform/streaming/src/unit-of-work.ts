import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { assertPublishable } from './publishable.ts';
import type { Publication, Stream } from './stream.ts';

/**
 * What a handler does, in one transaction of its database, and what that leads to: `work` resolves to messages for topics, each named once. They come
 * with the commit where the stream can (`atomic`), and right after it elsewhere; never without it. Rejects when either fails: elsewhere the effects
 * may be there and the messages missing, or those of some topics, so a handler has to be able to say them again.
 */
export async function unitOfWork(
  stream: Stream,
  dataSource: DataSource,
  work: (client: PoolClient) => Promise<readonly Publication[]>,
): Promise<void> {
  const { atomic } = stream;
  if (atomic) {
    const notify = await transaction(dataSource, async (client) => atomic.publishWith(client, await work(client)));
    notify();
    return;
  }
  const publications = await transaction(dataSource, async (client) => {
    const said = await work(client);
    for (const { topic, messages } of said) assertPublishable(topic, messages);
    return said;
  });
  for (const { topic, messages } of publications) await stream.publish(topic, messages);
}
