import { isDeepStrictEqual } from 'node:util';
import { jest } from '@jest/globals';
import {
  type ActivityReceived,
  type CustomerActed,
  type CustomersMerged,
  type CustomersSplit,
  open,
  topics,
} from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Config, parseConfig } from '@sestante/runtime';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import { type Message, toPossibleRepeat } from '@sestante/streaming';
import { eventually, recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { ResolveActivities } from '../src/resolve-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';
import { timelineMonths } from '../src/store/timeline.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** A published message about members that belong to another customer now. */
export interface Moved {
  readonly event: 'CustomersMerged' | 'CustomersSplit';
  readonly id: string;
  readonly key: string;
  readonly data: CustomersMerged | CustomersSplit;
}

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives the activities to the handler as one batch. Resolves to the published activities, in their order. */
  deliver(...activities: ActivityReceived[]): Promise<CustomerActed[]>;
  /** The ids of published activities that were marked as possible repeats so far. */
  readonly markedAsRepeats: readonly string[];
  /** The published moves of members so far, in their order. */
  readonly moved: readonly Moved[];
  /** The activities that were refused so far. */
  readonly refused: readonly ActivityReceived[];
  /** Like `deliver`, but the process crashes before it publishes. */
  deliverAndCrash(...activities: ActivityReceived[]): Promise<void>;
}

/** Processes that share a database. Their stream only records messages. */
export interface Driver extends Process, Processes<Process> {
  /** Runs both: the first until it waits for the lock, then the second until it waits for that lock or for the first. Then lets them go on. */
  inTurn<T>(lock: string, first: () => Promise<T>, second: () => Promise<T>): Promise<[T, T]>;
}

export async function profileDriver(
  way: WayToPublish = 'with the commit',
  environment: Readonly<Record<string, string>> = {},
): Promise<Driver> {
  const config = parseConfig(environment);
  const processes = await startProcesses((database) => startProcess(database, { way, config }));
  const isWaiting = async () => {
    const [row] = await processes.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row!.count < 1) throw new Error('No transaction waits for a lock yet.');
  };
  return {
    ...processes,
    inTurn: (lock, first, second) =>
      processes.whileLocked(lock, 2, async () => {
        const running = first();
        running.catch(() => undefined);
        await eventually(isWaiting);
        return Promise.all([running, second()]);
      }),
  };
}

async function startProcess(
  database: TestDatabase,
  { way, config }: { readonly way: WayToPublish; readonly config: Config },
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'profile', migrations });
  await connect(dataSource, 'profile');
  const refused: ActivityReceived[] = [];
  const markedAsRepeats: string[] = [];
  const moved: Moved[] = [];
  let publish: (messages: readonly Message[]) => Promise<void>;
  const stream = recordingStream(way, async ({ topic, messages }) => {
    if (topic !== topics.refusals.name) return publish(messages);
    refused.push(...messages.map((message) => open(topics.refusals, message).data.activity));
  });
  const handler = new ResolveActivities(dataSource, stream, timelineMonths(dataSource), config);
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
    moved,
    refused,
    async deliver(...activities) {
      const published: CustomerActed[] = [];
      await deliverWith(async (messages) => {
        for (const message of messages) {
          const { event, id, data } = open(topics.customers, message);
          if (event === 'CustomerErased') continue;
          if (event !== 'CustomerActed') {
            moved.push({ event, id, key: message.key, data });
            continue;
          }
          published.push(data);
          if (isMarked(message)) markedAsRepeats.push(data.activityId);
        }
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

const isMarked = (message: Message) => isDeepStrictEqual(message, toPossibleRepeat(message));
