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
import { connect, dataSourceOf } from '@sestante/postgres';
import type { TestDatabase } from '@sestante/postgres/testing';
import { type Processes, startProcesses } from '@sestante/runtime/testing';
import type { Message } from '@sestante/streaming';
import { rememberingStream, type WayToPublish } from '@sestante/streaming/testing';
import type { DataSource } from 'typeorm';
import type { Catalogue } from '../src/catalogue.ts';
import { DecideOffers } from '../src/decide-offers.handler.ts';
import type { MissingOffers } from '../src/missing-offers.ts';
import type { Answer } from '../src/store/kept-offers.ts';
import { addFirstPolicy, changePolicy } from '../src/store/contact-policy.ts';
import { migrations } from '../src/store/migrations.ts';
import { aKnown } from './builders.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

export type Said = { event: 'OfferMade'; data: OfferMade } | { event: 'OfferWithheld'; data: OfferWithheld };

/** One process of the service: its handlers, and what they said. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives activities to the handler as one batch. Resolves to what was published for it, in that order. */
  decide(...activities: (ActivityScored | ScoreChanged)[]): Promise<Said[]>;
  /** The same, but the process dies before it can publish. */
  decideAndDie(...activities: (ActivityScored | ScoreChanged)[]): Promise<void>;
  /** Changes the contact policy, as its route does. */
  changePolicy(policy: ContactPolicy): Promise<void>;
  /** The answers that named no offer of their customers so far. */
  readonly missing: readonly Answer[];
}

/** Processes that share a database, with a stream that only remembers. */
export type Driver = Process & Processes<Process>;

/** What may be offered: one template, and a policy that lets everything pass. */
export interface Offered {
  readonly templates?: readonly Template[];
  readonly policy?: ContactPolicy;
  readonly way?: WayToPublish;
}

const offeredInTests = { templates: aKnown().templates, policy: aKnown().kept.policy };

export function offersDriver({ way = 'with the commit', ...offered }: Offered = {}): Promise<Driver> {
  return startProcesses((database) => startProcess(database, way, { ...offeredInTests, ...offered }));
}

async function startProcess(
  database: TestDatabase,
  way: WayToPublish,
  { templates, policy }: Required<Omit<Offered, 'way'>>,
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'offers', migrations });
  await connect(dataSource, 'offers');
  await addFirstPolicy(dataSource, policy);
  const missing: Answer[] = [];
  const missingOffers = { count: (answers: readonly Answer[]) => missing.push(...answers) } as unknown as MissingOffers;
  const decideWith = (
    publish: (messages: readonly Message[]) => Promise<void>,
    activities: readonly (ActivityScored | ScoreChanged)[],
  ) => {
    const stream = rememberingStream(way, ({ messages }) => publish(messages));
    const batch = activities.map((data, offset) => ({ ...received(data), partition: 0, offset }));
    return new DecideOffers(dataSource, { templates } as Catalogue, missingOffers, stream).handle(batch);
  };
  return {
    dataSource,
    missing,
    async changePolicy(changed) {
      await changePolicy(dataSource, changed, null);
    },
    async decide(...activities) {
      const said: Said[] = [];
      await decideWith(async (messages) => {
        said.push(...messages.map((message) => open(topics.offers, message)));
      }, activities);
      return said;
    },
    async decideAndDie(...activities) {
      const death = new Error('The process died.');
      await decideWith(() => Promise.reject(death), activities).catch((error: unknown) => {
        if (error !== death) throw error;
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
