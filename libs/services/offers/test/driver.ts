import { jest } from '@jest/globals';
import {
  type ActivityScored,
  open,
  type OfferMade,
  type OfferWithheld,
  type ScoreChanged,
  topics,
} from '@sestante/contracts';
import type { ContactPolicy, Template } from '@sestante/offer-policy';
import { connect, dataSourceOf, MonthlyPartitions } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { recordingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import type { Catalogue } from '../src/catalogue.ts';
import { DecideOffers } from '../src/decide-offers.handler.ts';
import type { MissingOffers } from '../src/missing-offers.ts';
import { addFirstPolicy, changePolicy } from '../src/store/contact-policy.ts';
import { decisionTable } from '../src/store/decisions.ts';
import { migrations } from '../src/store/migrations.ts';
import type { Answer } from '../src/store/offers.ts';
import { aContext } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

export type PublishedEvent = { event: 'OfferMade'; data: OfferMade } | { event: 'OfferWithheld'; data: OfferWithheld };

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  readonly months: MonthlyPartitions;
  /**
   * Gives activities to the handler as one batch, a repeated one at the offset that it had before. Resolves to the published messages, in order.
   */
  decide(...activities: (ActivityScored | ScoreChanged)[]): Promise<PublishedEvent[]>;
  /** The same, as the messages are sent. */
  publish(...activities: (ActivityScored | ScoreChanged)[]): Promise<readonly Message[]>;
  /** Like `decide`, but at new offsets, as if a producer had published the activities twice without a mark. */
  decideUnmarked(...activities: (ActivityScored | ScoreChanged)[]): Promise<PublishedEvent[]>;
  /** Like `decide`, but the process crashes before it publishes. */
  decideAndCrash(...activities: (ActivityScored | ScoreChanged)[]): Promise<void>;
  /** Changes the contact policy, as its route does. */
  changePolicy(policy: ContactPolicy): Promise<void>;
  /** The answers so far to offers that their customers do not have. */
  readonly missing: readonly Answer[];
}

/** Processes that share a database. Their stream only records messages. */
export type Driver = Process & Processes<Process>;

/** The options of the driver. The defaults are one template, and a contact policy that allows everything. */
export interface DriverOptions {
  readonly templates?: readonly Template[];
  readonly policy?: ContactPolicy;
  readonly way?: WayToPublish;
}

const defaults = { templates: aContext().templates, policy: aContext().contactPolicy.policy };

export function offersDriver({ way = 'with the commit', ...options }: DriverOptions = {}): Promise<Driver> {
  const offsets = new Map<string, number>();
  return startProcesses((database) => startProcess(database, way, { ...defaults, ...options, offsets }));
}

async function startProcess(
  database: TestDatabase,
  way: WayToPublish,
  { templates, policy, offsets }: Required<Omit<DriverOptions, 'way'>> & { offsets: Map<string, number> },
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'offers', migrations });
  await connect(dataSource, 'offers');
  await addFirstPolicy(dataSource, policy);
  const months = new MonthlyPartitions(dataSource, decisionTable);
  const missing: Answer[] = [];
  const missingOffers = { count: (answers: readonly Answer[]) => missing.push(...answers) } as unknown as MissingOffers;
  const offsetOf = ({ activityId }: ActivityScored) => {
    if (!offsets.has(activityId)) offsets.set(activityId, Math.max(-1, ...offsets.values()) + 1);
    return offsets.get(activityId)!;
  };
  const decideWith = (
    send: (messages: readonly Message[]) => Promise<void>,
    activities: readonly (ActivityScored | ScoreChanged)[],
  ) => {
    const stream = recordingStream(way, ({ messages }) => send(messages));
    const batch = activities.map((data) => ({
      ...received(data),
      partition: 0,
      offset: offsetOf(data),
      isPossibleRepeat: false,
    }));
    return new DecideOffers(dataSource, { templates } as Catalogue, missingOffers, months, stream).handle(batch);
  };
  const publish: Process['publish'] = async (...activities) => {
    const published: Message[] = [];
    await decideWith(async (messages) => void published.push(...messages), activities);
    return published;
  };
  return {
    dataSource,
    months,
    missing,
    publish,
    async changePolicy(changed) {
      await changePolicy(dataSource, changed, null);
    },
    async decide(...activities) {
      return (await publish(...activities)).map((message) => open(topics.offers, message));
    },
    async decideUnmarked(...activities) {
      const end = Math.max(-1, ...offsets.values()) + 1;
      for (const [index, { activityId }] of activities.entries()) offsets.set(activityId, end + index);
      return (await publish(...activities)).map((message) => open(topics.offers, message));
    },
    async decideAndCrash(...activities) {
      const crash = new Error('The process crashed.');
      await decideWith(() => Promise.reject(crash), activities).catch((error: unknown) => {
        if (error !== crash) throw error;
      });
    },
  };
}

function received(data: ActivityScored | ScoreChanged) {
  const { activityId: id } = data;
  return 'change' in data
    ? ({ event: 'ScoreChanged', id, data } as const)
    : ({ event: 'ActivityScored', id, data } as const);
}
