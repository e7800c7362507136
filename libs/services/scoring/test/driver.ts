import { jest } from '@jest/globals';
import { type ActivityScored, type CustomerActed, open, type ScoreChanged, topics } from '@sestante/contracts';
import type { Dependencies } from '@sestante/runtime';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { LiveModel } from '../src/live-model.ts';
import { ScoreActivities } from '../src/score-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';
import { modelTable } from '../src/store/model.table.ts';
import { type PublishedChange, changesIn } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  readonly live: LiveModel;
  /** Gives the activities to the handler as one batch. Resolves to the published score changes, in order. */
  deliver(...acted: CustomerActed[]): Promise<PublishedChange[]>;
  /** Like `deliver`, but resolves to all published messages. */
  deliverAll(...acted: CustomerActed[]): Promise<(ActivityScored | ScoreChanged)[]>;
  /** Like `deliver`, but the process crashes before it publishes. */
  deliverAndCrash(...acted: CustomerActed[]): Promise<void>;
}

/** Processes that share a database. Their stream only records messages. */
export type Driver = Process & Processes<Process>;

export function scoringDriver(way: WayToPublish = 'with the commit'): Promise<Driver> {
  return startProcesses((database) => startProcess(database, way));
}

async function startProcess(database: TestDatabase, way: WayToPublish): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'scoring', entities: [modelTable], migrations });
  await connect(dataSource, 'scoring');
  const live = await loaded(dataSource);
  const deliverWith = (publish: (messages: readonly Message[]) => Promise<void>, acted: CustomerActed[]) => {
    const stream = recordingStream(way, ({ messages }) => publish(messages));
    const batch = acted.map(
      (data, offset) =>
        ({ event: 'CustomerActed', id: data.activityId, data, partition: 0, offset, isPossibleRepeat: false }) as const,
    );
    return new ScoreActivities(dataSource, live, stream).handle(batch);
  };
  const deliverAll = async (...acted: CustomerActed[]) => {
    const published: (ActivityScored | ScoreChanged)[] = [];
    await deliverWith(async (messages) => {
      published.push(...messages.map((message) => open(topics.scores, message).data));
    }, acted);
    return published;
  };
  return {
    dataSource,
    live,
    deliverAll,
    deliver: async (...acted) => changesIn(await deliverAll(...acted)),
    async deliverAndCrash(...acted) {
      const crash = new Error('The process crashed.');
      await deliverWith(() => Promise.reject(crash), acted).catch((error: unknown) => {
        if (error !== crash) throw error;
      });
    },
  };
}

/** The default model, loaded as at the start of a process. */
async function loaded(dataSource: DataSource): Promise<LiveModel> {
  const steps: (() => Promise<void>)[] = [];
  const whenOpen = (_name: string, step: () => Promise<void>) => void steps.push(step);
  const live = new LiveModel(dataSource, { whenOpen } as Dependencies);
  for (const step of steps) await step();
  return live;
}
