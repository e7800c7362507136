import { jest } from '@jest/globals';
import { type CustomerErased, open, type OfferMade, type OfferWithheld, topics } from '@sestante/contracts';
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
import type { Answer } from '../src/store/answers.ts';
import { aContext, type Input } from './builders.ts';

/** Longer than the timeout of `eventually`, so that a test fails with the reason of `eventually`. */
jest.setTimeout(20_000);

export type PublishedEvent = { event: 'OfferMade'; data: OfferMade } | { event: 'OfferWithheld'; data: OfferWithheld };

/** One process of the service: its handler, and the messages that it published. */
export interface Process {
  readonly dataSource: DataSource;
  readonly months: MonthlyPartitions;
  /**
   * Gives activities and moves to the handler as one batch, a repeated one at the offset that it had before. Resolves to the published
   * offers and decisions, in order.
   */
  decide(...inputs: Input[]): Promise<PublishedEvent[]>;
  /** The same, but all messages as they are sent. */
  publish(...inputs: Input[]): Promise<readonly Message[]>;
  /** Like `decide`, but at new offsets, as if a producer had published the activities twice without a mark. */
  decideUnmarked(...inputs: Input[]): Promise<PublishedEvent[]>;
  /** Gives the erasure of a customer to the handler. Resolves to all messages as they are sent. */
  erase(erased: CustomerErased): Promise<readonly Message[]>;
  /** Like `decide`, but the process crashes before it publishes. */
  decideAndCrash(...inputs: Input[]): Promise<void>;
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
  const offsetOf = (input: Input) => {
    const id = idIn(input);
    if (!offsets.has(id)) offsets.set(id, Math.max(-1, ...offsets.values()) + 1);
    return offsets.get(id)!;
  };
  const handlerTo = (send: (messages: readonly Message[]) => Promise<void>) => {
    const stream = recordingStream(way, ({ messages }) => send(messages));
    const handler = new DecideOffers(dataSource, { templates } as Catalogue, missingOffers, months, stream);
    // Dead letters are tested in `@sestante/runtime`.
    Object.assign(handler, { deadLetters: { erasePerson: () => Promise.resolve(0) } } as object);
    return handler;
  };
  const decideWith = (send: (messages: readonly Message[]) => Promise<void>, inputs: readonly Input[]) => {
    const batch = inputs.map((input) => {
      const place = {
        id: idIn(input),
        partition: partitionOf(keyOf(input)),
        offset: offsetOf(input),
        isPossibleRepeat: false,
      };
      return { ...received(input), ...place };
    });
    return handlerTo(send).handle(batch);
  };
  const publish: Process['publish'] = async (...inputs) => {
    const published: Message[] = [];
    await decideWith(async (messages) => void published.push(...messages), inputs);
    return published;
  };
  return {
    dataSource,
    months,
    missing,
    publish,
    async erase(data) {
      const published: Message[] = [];
      const place = { partition: partitionOf(data.customerId), offset: Math.max(-1, ...offsets.values()) + 1 };
      offsets.set(`${data.erasureId} ${place.offset}`, place.offset);
      const event = { event: 'CustomerErased' as const, id: data.erasureId, data, isPossibleRepeat: false, ...place };
      await handlerTo(async (messages) => void published.push(...messages)).handle([event]);
      return published;
    },
    async changePolicy(changed) {
      await changePolicy(dataSource, changed, null);
    },
    decide: async (...inputs) => resultsIn(await publish(...inputs)),
    async decideUnmarked(...inputs) {
      const end = Math.max(-1, ...offsets.values()) + 1;
      for (const [index, input] of inputs.entries()) offsets.set(idIn(input), end + index);
      return resultsIn(await publish(...inputs));
    },
    async decideAndCrash(...inputs) {
      const crash = new Error('The process crashed.');
      await decideWith(() => Promise.reject(crash), inputs).catch((error: unknown) => {
        if (error !== crash) throw error;
      });
    },
  };
}

/** The partition of a customer's messages: one of four. */
export const partitionOf = (customerId: string) => Number.parseInt(customerId.slice(-1), 16) % 4;
const keyOf = (input: Input) => ('event' in input ? input.key : input.customerId);

/** What identifies a message. */
function idIn(input: Input): string {
  if (!('event' in input)) return input.activityId;
  const { memberId, moves } = input.data.members[0]!;
  return `${input.key} ${memberId} ${moves}`;
}

function received(input: Input) {
  if ('event' in input) return { event: input.event, data: input.data } as const;
  return 'change' in input
    ? ({ event: 'ScoreChanged', data: input } as const)
    : ({ event: 'ActivityScored', data: input } as const);
}

/** The messages about offers and decisions. */
function resultsIn(published: readonly Message[]): PublishedEvent[] {
  const events = published.map((message) => open(topics.offers, message));
  return events.filter((event): event is typeof event & PublishedEvent => 'decisionId' in event.data);
}
