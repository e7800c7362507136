import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { assertPublishable } from '../publishable.ts';
import type { Publication, Stream } from '../stream.ts';

/**
 * Runs `work` in one transaction of the database and publishes the messages that it resolves to, each topic once: within the commit if the stream can
 * (`atomic`), otherwise right after it, and never without it. Rejects if either fails. Without `atomic`, the effects may then be committed and
 * messages of some topics missing, so a handler must be able to publish them again.
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
    const pending = await work(client);
    for (const { topic, messages } of pending) assertPublishable(topic, messages);
    return pending;
  });
  for (const { topic, messages } of publications) await stream.publish(topic, messages);
}
