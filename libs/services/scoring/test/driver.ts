import { AsyncLocalStorage } from 'node:async_hooks';
import { jest } from '@jest/globals';
import { type ActivityScored, type CustomerErased, open, type ScoreChanged, topics } from '@sestante/contracts';
import type { ModelDocument } from '@sestante/engagement';
import type { DeadLetters, Dependencies } from '@sestante/runtime';
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import { LiveModel } from '../src/live-model.ts';
import { ScoreActivities } from '../src/score-activities.handler.ts';
import { activityMonths } from '../src/store/activity-months.ts';
import { migrations } from '../src/store/migrations.ts';
import { modelTable } from '../src/store/model.table.ts';
import { type Input, type PublishedChange, changesIn } from './builders.ts';
import { customersTopic, headOf, partitionOf } from './customers-topic.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  readonly live: LiveModel;
  /**
   * Gives activities and moves to the handler as one batch. What was delivered before has the same offset again. Resolves to the published score changes,
   * in order.
   */
  deliver(...inputs: Input[]): Promise<PublishedChange[]>;
  /** Like `deliver`, but resolves to all published messages about activities. */
  deliverAll(...inputs: Input[]): Promise<Published[]>;
  /** Like `deliverAll`, for activities that their producer has published again: they have new offsets, and are marked. */
  deliverRepeats(...inputs: Input[]): Promise<Published[]>;
  /** Like `deliver`, but resolves to all messages as they are sent. */
  publish(...inputs: Input[]): Promise<readonly Message[]>;
  /** Gives the erasure of a customer to the handler. Resolves to all messages as they are sent. */
  erase(erased: CustomerErased): Promise<readonly Message[]>;
  /** Like `deliver`, but the process crashes before it publishes. */
  deliverAndCrash(...inputs: Input[]): Promise<void>;
}

export type Published = (ActivityScored | ScoreChanged) & {
  /** Whether the message was marked as a possible repeat. */
  readonly isMarked: boolean;
};

/** Processes that share a database, and a topic. Their stream only records messages. */
export type Driver = Process & Processes<Process>;

/** @param document the live model, instead of the default one */
export function scoringDriver(way: WayToPublish = 'with the commit', document?: ModelDocument): Promise<Driver> {
  const topic = customersTopic();
  return startProcesses((database) => startProcess(database, { way, topic, document }));
}

/** Dead letters are tested in `@sestante/runtime`. */
const noLetters = { erasePerson: () => Promise.resolve(0) } as unknown as DeadLetters;

async function startProcess(
  database: TestDatabase,
  {
    way,
    topic,
    document,
  }: { way: WayToPublish; topic: ReturnType<typeof customersTopic>; document: ModelDocument | undefined },
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'scoring', entities: [modelTable], migrations });
  await connect(dataSource, 'scoring');
  if (document)
    await dataSource.query(
      `insert into scoring.model (version, document, status) values ($1, $2, 'live') on conflict do nothing`,
      [document.version, document],
    );
  const live = await loaded(dataSource);
  const publish = new AsyncLocalStorage<(messages: readonly Message[]) => Promise<void>>();
  const stream = recordingStream(way, ({ messages }) => publish.getStore()!(messages));
  const handler = new ScoreActivities(dataSource, live, activityMonths(dataSource), stream, noLetters);
  const handle = (inputs: readonly Input[], isPossibleRepeat: boolean) =>
    handler.handle(
      inputs.map((input) => {
        const { id, key } = headOf(input);
        const offset = topic.offsetOf({ id, key }, isPossibleRepeat);
        const place = { id, partition: partitionOf(key), offset, isPossibleRepeat };
        return 'event' in input
          ? { event: input.event, data: input.data, ...place }
          : { event: 'CustomerActed', data: input, ...place };
      }),
    );
  const eraseOne = (data: CustomerErased) => {
    const { erasureId: id, customerId: key } = data;
    const place = { partition: partitionOf(key), offset: topic.offsetOf({ id, key }, false) };
    return handler.handle([{ event: 'CustomerErased', id, data, isPossibleRepeat: false, ...place }]);
  };
  const recording = async (inputs: readonly Input[], isRepeat: boolean) => {
    const published: Message[] = [];
    await publish.run(
      async (messages) => void published.push(...messages),
      () => handle(inputs, isRepeat),
    );
    return published;
  };
  return {
    dataSource,
    live,
    publish: (...inputs) => recording(inputs, false),
    async erase(erased) {
      const published: Message[] = [];
      await publish.run(
        async (messages) => void published.push(...messages),
        () => eraseOne(erased),
      );
      return published;
    },
    deliverAll: async (...inputs) => scoredIn(await recording(inputs, false)),
    deliverRepeats: async (...inputs) => scoredIn(await recording(inputs, true)),
    deliver: async (...inputs) => changesIn(scoredIn(await recording(inputs, false))),
    async deliverAndCrash(...inputs) {
      const crash = new Error('The process crashed.');
      const handling = publish.run(
        () => Promise.reject(crash),
        () => handle(inputs, false),
      );
      await handling.catch((error: unknown) => {
        if (error !== crash) throw error;
      });
    },
  };
}

/** The messages about activities. */
function scoredIn(published: readonly Message[]): Published[] {
  return published.flatMap((message) => {
    const { data } = open(topics.scores, message);
    return 'scores' in data ? [{ ...data, isMarked: 'possible_repeat' in message.headers }] : [];
  });
}

/** The default model, loaded as at the start of a process. */
async function loaded(dataSource: DataSource): Promise<LiveModel> {
  const steps: (() => Promise<void>)[] = [];
  const whenOpen = (_name: string, step: () => Promise<void>) => void steps.push(step);
  const live = new LiveModel(dataSource, { whenOpen } as Dependencies);
  for (const step of steps) await step();
  return live;
}
