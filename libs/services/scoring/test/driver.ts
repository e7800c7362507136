import { AsyncLocalStorage } from 'node:async_hooks';
import { jest } from '@jest/globals';
import { type ActivityScored, type CustomerActed, open, type ScoreChanged, topics } from '@sestante/contracts';
import type { Config, Dependencies, Retention } from '@sestante/runtime';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { EvidenceMonths } from '../src/evidence-months.ts';
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
  /**
   * Gives the activities to the handler as one batch. An activity that was delivered before has the same offset again. Resolves to the published score
   * changes, in order.
   */
  deliver(...acted: CustomerActed[]): Promise<PublishedChange[]>;
  /** Like `deliver`, but resolves to all published messages. */
  deliverAll(...acted: CustomerActed[]): Promise<Published[]>;
  /** Like `deliverAll`, for activities that their producer has published again: they have new offsets, and are marked. */
  deliverRepeats(...acted: CustomerActed[]): Promise<Published[]>;
  /** Like `deliver`, but the process crashes before it publishes. */
  deliverAndCrash(...acted: CustomerActed[]): Promise<void>;
}

export type Published = (ActivityScored | ScoreChanged) & {
  /** Whether the message was marked as a possible repeat. */
  readonly isMarked: boolean;
};

/** Processes that share a database, and a topic. Their stream only records messages. */
export type Driver = Process & Processes<Process>;

export function scoringDriver(way: WayToPublish = 'with the commit'): Promise<Driver> {
  const topic = customersTopic();
  return startProcesses((database) => startProcess(database, way, topic));
}

const partitions = 4;
/** The partition of a customer's messages. */
export const partitionOf = (customerId: string) => Number.parseInt(customerId.slice(-1), 16) % partitions;

/** The offsets of the activities in their partitions. */
function customersTopic() {
  const offsets = new Map<string, number>();
  const ends = new Array<number>(partitions).fill(0);
  return {
    offsetOf({ activityId, customerId }: CustomerActed, isRepeat: boolean): number {
      const place = `${partitionOf(customerId)} ${activityId}`;
      const known = isRepeat ? undefined : offsets.get(place);
      const offset = known ?? ends[partitionOf(customerId)]!++;
      offsets.set(place, offset);
      return offset;
    },
  };
}

async function startProcess(
  database: TestDatabase,
  way: WayToPublish,
  topic: ReturnType<typeof customersTopic>,
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'scoring', entities: [modelTable], migrations });
  await connect(dataSource, 'scoring');
  const live = await loaded(dataSource);
  const months = new EvidenceMonths(
    dataSource,
    { add: () => undefined } as unknown as Retention,
    { SESTANTE_EVIDENCE_MONTHS: 25 } as Config,
  );
  const publish = new AsyncLocalStorage<(messages: readonly Message[]) => Promise<void>>();
  const stream = recordingStream(way, ({ messages }) => publish.getStore()!(messages));
  const handler = new ScoreActivities(dataSource, live, months, stream);
  const handle = (acted: readonly CustomerActed[], isRepeat: boolean) =>
    handler.handle(
      acted.map((data) => {
        const place = { partition: partitionOf(data.customerId), offset: topic.offsetOf(data, isRepeat) };
        return { event: 'CustomerActed', id: data.activityId, data, ...place, isPossibleRepeat: isRepeat } as const;
      }),
    );
  const recording = async (acted: readonly CustomerActed[], isRepeat: boolean) => {
    const published: Published[] = [];
    const record = async (messages: readonly Message[]) => {
      for (const message of messages)
        published.push({ ...open(topics.scores, message).data, isMarked: 'possible_repeat' in message.headers });
    };
    await publish.run(record, () => handle(acted, isRepeat));
    return published;
  };
  return {
    dataSource,
    live,
    deliverAll: (...acted) => recording(acted, false),
    deliverRepeats: (...acted) => recording(acted, true),
    deliver: async (...acted) => changesIn(await recording(acted, false)),
    async deliverAndCrash(...acted) {
      const crash = new Error('The process crashed.');
      const handling = publish.run(
        () => Promise.reject(crash),
        () => handle(acted, false),
      );
      await handling.catch((error: unknown) => {
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
