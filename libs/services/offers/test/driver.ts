import { jest } from '@jest/globals';
import {
  type CustomerActed,
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
import type { Message, Outcome, Stream } from '@sestante/streaming';
import type { DataSource } from 'typeorm';
import type { Catalogue } from '../src/catalogue.ts';
import { DecideOffers } from '../src/decide-offers.handler.ts';
import { FollowCustomers } from '../src/follow-customers.handler.ts';
import { Followed } from '../src/followed.ts';
import type { MissingOffers } from '../src/missing-offers.ts';
import type { Answer } from '../src/store/kept-offers.ts';
import { migrations } from '../src/store/migrations.ts';
import { aKnown } from './builders.ts';

/** Longer than `eventually` is patient: a test fails with what it waited for. */
jest.setTimeout(20_000);

export type Said = { event: 'OfferMade'; data: OfferMade } | { event: 'OfferWithheld'; data: OfferWithheld };

/** One process of the service: its handlers, and what they said. */
export interface Process {
  readonly dataSource: DataSource;
  /** Gives moved scores to the handler as one batch. Resolves to what was published for it, in that order. */
  decide(...moved: ScoreChanged[]): Promise<Said[]>;
  /** The same, told by the outcomes. */
  outcomes(...moved: ScoreChanged[]): Promise<readonly Outcome[]>;
  /** The same, but the process dies after its effects are committed and before it can publish. */
  decideAndDie(...moved: ScoreChanged[]): Promise<void>;
  /** Gives activities to the handler as one batch. */
  follow(...acted: CustomerActed[]): Promise<void>;
  /** The answers that named no offer of their customers so far. */
  readonly missing: readonly Answer[];
  /** The stream passes over an activity that cannot be handled. */
  passOver(): void;
}

/** Processes that share a database, with a stream that only remembers. */
export type Driver = Process & Processes<Process>;

/** What may be offered: one template, and a policy that lets everything pass. */
export interface Offered {
  readonly templates?: readonly Template[];
  readonly policy?: ContactPolicy;
}

export function offersDriver(offered: Offered = {}): Promise<Driver> {
  const topic = { heard: 0 };
  return startProcesses((database) => startProcess(database, topic, { ...aKnown(), ...offered }));
}

/** `topic` is how far all processes together have read what customers do. */
async function startProcess(
  database: TestDatabase,
  topic: { heard: number },
  offered: Required<Offered>,
): Promise<Process> {
  const dataSource = dataSourceOf({ url: database.url, schema: 'offers', migrations });
  await connect(dataSource, 'offers');
  const followed = new Followed({
    positions: async (name) => [
      { topic: name, partition: 0, group: 'offers', end: topic.heard, committed: topic.heard },
    ],
  });
  const decideWith = (publish: (messages: readonly Message[]) => Promise<void>, moved: ScoreChanged[]) => {
    const stream = { publish: (_topic: string, messages: readonly Message[]) => publish(messages) } as Stream;
    const batch = moved.map(
      (data, offset) => ({ event: 'ScoreChanged', id: data.cause.activityId, data, partition: 0, offset }) as const,
    );
    return new DecideOffers(dataSource, offered as Catalogue, followed, stream).handle(batch);
  };
  const missing: Answer[] = [];
  const missingOffers = { count: (answers: readonly Answer[]) => missing.push(...answers) } as unknown as MissingOffers;
  return {
    dataSource,
    missing,
    outcomes: (...moved) => decideWith(async () => undefined, moved),
    async decide(...moved) {
      const said: Said[] = [];
      await decideWith(async (messages) => {
        said.push(...messages.map((message) => open(topics.offers, message)));
      }, moved);
      return said;
    },
    async decideAndDie(...moved) {
      const death = new Error('The process died.');
      await decideWith(() => Promise.reject(death), moved).catch((error: unknown) => {
        if (error !== death) throw error;
      });
    },
    async follow(...acted) {
      const batch = acted.map((data) => {
        const offset = topic.heard++;
        return { event: 'CustomerActed', id: data.activityId, data, partition: 0, offset } as const;
      });
      await new FollowCustomers(dataSource, followed, missingOffers).handle(batch);
    },
    passOver() {
      topic.heard += 1;
    },
  };
}
