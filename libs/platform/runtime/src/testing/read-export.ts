import { randomUUID } from 'node:crypto';
import { type ExportPart, type ExportRequested, open, seal, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { done, postgresStream, streamMigrations } from '@sestante/streaming';
import { eventually } from '@sestante/streaming/testing';

/** The files that a service has sent: the items of each by its name. */
export type ExportedFiles = Readonly<Record<string, readonly any[]>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- whatever the service sends

type Asked = Pick<ExportRequested, 'customerId' | 'members' | 'persons'>;

/** Asks the service that runs on the database for what it stores about a customer. Resolves to the files when it has sent all of them. */
export async function readExport(
  databaseUrl: string,
  { customerId, members = [customerId], persons = [] }: Partial<Asked> & Pick<Asked, 'customerId'>,
): Promise<ExportedFiles> {
  const dataSource = dataSourceOf({ url: databaseUrl, schema: 'stream', migrations: streamMigrations });
  await connect(dataSource, 'stream');
  const stream = postgresStream({ dataSource });
  const exportId = randomUUID();
  const parts: ExportPart[] = [];
  await stream.subscribe({
    topic: topics.exportParts.name,
    group: `reader-${exportId}`,
    handler: async (batch) => {
      const all = batch.map((delivery) => open(topics.exportParts, delivery).data);
      parts.push(...all.filter((part) => part.exportId === exportId));
      return batch.map(() => done);
    },
  });
  const data = { exportId, customerId, members, persons, requestedAt: new Date().toISOString() };
  await stream.publish(topics.exports.name, [
    seal(topics.exports, { event: 'ExportRequested', id: exportId, key: customerId, data }),
  ]);
  await eventually(() => {
    if (!parts.some(({ isLast }) => isLast)) throw new Error('The service has not sent all parts yet.');
  });
  await stream.close();
  await dataSource.destroy();
  const names = [...new Set(parts.map(({ file }) => file))];
  return Object.fromEntries(
    names.map((name) => [name, parts.filter(({ file }) => file === name).flatMap(({ items }) => items)]),
  );
}
