import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Message, Stream } from './stream.ts';

/** Publishes with the unit of work. Called last in it: it may hold partitions until the commit. */
export type Publish = (topic: string, messages: readonly Message[]) => Promise<void>;

/**
 * What a handler does and says, in one transaction of its database. What it publishes comes with the commit where the stream lies in the
 * same database, and right after it elsewhere; never without it. Rejects when either fails: then the effects may be there, and the messages
 * may not, so the handler has to be able to say them again.
 */
export async function unitOfWork<T>(
  stream: Stream,
  dataSource: DataSource,
  work: (client: PoolClient, publish: Publish) => Promise<T>,
): Promise<T> {
  const afterwards: (() => void | Promise<void>)[] = [];
  const result = await transaction(dataSource, (client) =>
    work(client, async (topic, messages) => {
      const tell = await stream.publishWith?.(client, topic, messages);
      afterwards.push(tell ?? (() => stream.publish(topic, messages)));
    }),
  );
  for (const act of afterwards) await act();
  return result;
}
