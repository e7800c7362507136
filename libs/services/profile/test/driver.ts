import { isDeepStrictEqual } from 'node:util';
import { jest } from '@jest/globals';
import { type ActivityReceived, type CustomerActed, open, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import { type Message, toPossibleRepeat } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { ResolveActivities } from '../src/resolve-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';
import { timelineMonths } from '../src/store/timeline.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives the activities to the handler as one batch. Resolves to the published messages, in their order. */
  deliver(...activities: ActivityReceived[]): Promise<CustomerActed[]>;
  /** The ids of published activities that were marked as possible repeats so far. */
  readonly markedAsRepeats: readonly string[];
  /** The activities that were refused so far. */
  readonly refused: readonly ActivityReceived[];
  /** Like `deliver`, but the process crashes before it publishes. */
  deliverAndCrash(...activities: ActivityReceived[]): Promise<void>;
}

/** Processes that share a database. Their stream only records messages. */
export type Driver = Process & Processes<Process>;

export function profileDriver(way: WayToPublish = 'with the commit'): Promise<Driver> {
  return startProcesses((database) => startProcess(database, way));
}

async function startProcess(database: TestDatabase, way: WayToPublish): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'profile', migrations });
  await connect(dataSource, 'profile');
  const refused: ActivityReceived[] = [];
  const markedAsRepeats: string[] = [];
  let publish: (messages: readonly Message[]) => Promise<void>;
  const stream = recordingStream(way, async ({ topic, messages }) => {
    if (topic !== topics.refusals.name) return publish(messages);
    refused.push(...messages.map((message) => open(topics.refusals, message).data.activity));
  });
  const handler = new ResolveActivities(dataSource, stream, timelineMonths(dataSource));
  const deliverWith = (toStream: typeof publish, activities: readonly ActivityReceived[]) => {
    publish = toStream;
    const batch = activities.map(
      (data, offset) =>
        ({
          event: 'ActivityReceived',
          id: data.activityId,
          data,
          partition: 0,
          offset,
          isPossibleRepeat: false,
        }) as const,
    );
    return handler.handle(batch);
  };
  return {
    dataSource,
    markedAsRepeats,
    refused,
    async deliver(...activities) {
      const published: CustomerActed[] = [];
      await deliverWith(async (messages) => {
        published.push(...messages.map(dataOf));
        markedAsRepeats.push(...messages.filter(isMarked).map((message) => dataOf(message).activityId));
      }, activities);
      return published;
    },
    async deliverAndCrash(...activities) {
      const crash = new Error('The process crashed.');
      await deliverWith(() => Promise.reject(crash), activities).catch((error: unknown) => {
        if (error !== crash) throw error;
      });
    },
  };
}

const dataOf = (message: Message) => open(topics.customers, message).data;
const isMarked = (message: Message) => isDeepStrictEqual(message, toPossibleRepeat(message));
