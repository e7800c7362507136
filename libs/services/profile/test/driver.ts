import { jest } from '@jest/globals';
import { type ActivityReceived, type CustomerActed, open, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { rememberingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { ResolveActivities } from '../src/resolve-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and what it said. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives the activities to the handler as one batch. Resolves to what was published for it, in that order. */
  deliver(...activities: ActivityReceived[]): Promise<CustomerActed[]>;
  /** The activities that were refused so far. */
  readonly refused: readonly ActivityReceived[];
  /** The same, but the process dies before it can publish. */
  deliverAndDie(...activities: ActivityReceived[]): Promise<void>;
}

/** Processes that share a database, with a stream that only remembers. */
export type Driver = Process & Processes<Process>;

export function profileDriver(way: WayToPublish = 'with the commit'): Promise<Driver> {
  return startProcesses((database) => startProcess(database, way));
}

async function startProcess(database: TestDatabase, way: WayToPublish): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'profile', migrations });
  await connect(dataSource, 'profile');
  const refused: ActivityReceived[] = [];
  const deliverWith = (publish: (messages: readonly Message[]) => Promise<void>, activities: ActivityReceived[]) => {
    const stream = rememberingStream(way, async ({ topic, messages }) => {
      if (topic !== topics.refusals.name) return publish(messages);
      refused.push(...messages.map((message) => open(topics.refusals, message).data.activity));
    });
    const batch = activities.map(
      (data, offset) => ({ event: 'ActivityReceived', id: data.activityId, data, partition: 0, offset }) as const,
    );
    return new ResolveActivities(dataSource, stream).handle(batch);
  };
  return {
    dataSource,
    refused,
    async deliver(...activities) {
      const said: CustomerActed[] = [];
      await deliverWith(async (messages) => {
        said.push(...messages.map((message) => open(topics.customers, message).data));
      }, activities);
      return said;
    },
    async deliverAndDie(...activities) {
      const death = new Error('The process died.');
      await deliverWith(() => Promise.reject(death), activities).catch((error: unknown) => {
        if (error !== death) throw error;
      });
    },
  };
}
