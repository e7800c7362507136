import { jest } from '@jest/globals';
import { type ActivityScored, type CustomerActed, open, type ScoreChanged, topics } from '@sestante/contracts';
import type { Dependencies } from '@sestante/runtime';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { rememberingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { LiveModel } from '../src/live-model.ts';
import { ScoreActivities } from '../src/score-activities.handler.ts';
import { migrations } from '../src/store/migrations.ts';
import { modelTable } from '../src/store/model.table.ts';
import { type Moved, movesIn } from './builders.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and what it said. */
export interface Process {
  readonly dataSource: DataSource;
  readonly live: LiveModel;
  /** Gives the activities to the handler as one batch. Resolves to the scores that moved, in that order. */
  deliver(...acted: CustomerActed[]): Promise<Moved[]>;
  /** The same, with all that was passed on. */
  passOn(...acted: CustomerActed[]): Promise<(ActivityScored | ScoreChanged)[]>;
  /** The same, but the process dies before it can publish. */
  deliverAndDie(...acted: CustomerActed[]): Promise<void>;
}

/** Processes that share a database, with a stream that only remembers. */
export type Driver = Process & Processes<Process>;

export function scoringDriver(way: WayToPublish = 'with the commit'): Promise<Driver> {
  return startProcesses((database) => startProcess(database, way));
}

async function startProcess(database: TestDatabase, way: WayToPublish): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'scoring', entities: [modelTable], migrations });
  await connect(dataSource, 'scoring');
  const live = await loaded(dataSource);
  const deliverWith = (publish: (messages: readonly Message[]) => Promise<void>, acted: CustomerActed[]) => {
    const stream = rememberingStream(way, ({ messages }) => publish(messages));
    const batch = acted.map(
      (data, offset) => ({ event: 'CustomerActed', id: data.activityId, data, partition: 0, offset }) as const,
    );
    return new ScoreActivities(dataSource, live, stream).handle(batch);
  };
  const passOn = async (...acted: CustomerActed[]) => {
    const said: (ActivityScored | ScoreChanged)[] = [];
    await deliverWith(async (messages) => {
      said.push(...messages.map((message) => open(topics.scores, message).data));
    }, acted);
    return said;
  };
  return {
    dataSource,
    live,
    passOn,
    deliver: async (...acted) => movesIn(await passOn(...acted)),
    async deliverAndDie(...acted) {
      const death = new Error('The process died.');
      await deliverWith(() => Promise.reject(death), acted).catch((error: unknown) => {
        if (error !== death) throw error;
      });
    },
  };
}

/** The model that comes with the code, loaded as at the start of a process. */
async function loaded(dataSource: DataSource): Promise<LiveModel> {
  const steps: (() => Promise<void>)[] = [];
  const whenOpen = (_name: string, step: () => Promise<void>) => void steps.push(step);
  const live = new LiveModel(dataSource, { whenOpen } as Dependencies);
  for (const step of steps) await step();
  return live;
}
