import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresStream } from './postgres/postgres-stream.ts';
import { assertPublishable } from './publishable.ts';
import type { Message, Stream } from './stream.ts';

/**
 * What a handler does, in one transaction of its database, and what that leads to: `work` resolves to messages for the topic. They come
 * with the commit where the stream lies in the same database, and right after it elsewhere; never without it. Rejects when either fails: elsewhere
 * the effects may be there and the messages missing, so a handler has to be able to say them again.
 */
export async function unitOfWork(
  stream: Stream,
  dataSource: DataSource,
  topic: string,
  work: (client: PoolClient) => Promise<readonly Message[]>,
): Promise<void> {
  if (liesInPostgres(stream)) {
    const ring = await transaction(dataSource, async (client) => stream.publishWith(client, topic, await work(client)));
    ring();
    return;
  }
  const messages = await transaction(dataSource, async (client) => {
    const said = await work(client);
    assertPublishable(topic, said);
    return said;
  });
  await stream.publish(topic, messages);
}

const liesInPostgres = (stream: Stream): stream is PostgresStream => 'publishWith' in stream;
