import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { seal, topics } from '@sestante/contracts';
import { connect, dataSourceOf } from '@sestante/postgres';
import { type TestDatabase, testDatabase } from '@sestante/postgres/testing';
import type { DataSource } from 'typeorm';
import { isolating } from '../middleware/isolate.ts';
import { done, type Outcome } from '../outcome.ts';
import { migrations } from '../postgres/migrations.ts';
import { postgresStream } from '../postgres/postgres-stream.ts';
import type { DeadLetter, Stream } from '../stream.ts';
import { aMessage } from '../testing/messages.ts';
import { eventually } from '../testing/eventually.ts';
import { type Batch, Handles } from './handles.ts';
import { streamTransport } from './stream-transport.ts';

jest.setTimeout(30_000);

type Customers = typeof topics.customers;

const nameOf = ({ event, data }: Batch<Customers>[number]) => (event === 'CustomerActed' ? data.name : event);

const handled: { group: string; batch: Batch<Customers> }[] = [];
const letters: DeadLetter[] = [];
let onChange = () => {};

@Controller()
class Readers {
  private readonly groups = ['scoring', 'offers'] as const;

  @Handles(topics.customers, { group: 'scoring', batchSize: 2 })
  async score(batch: Batch<Customers>): Promise<readonly Outcome[]> {
    return this.remember(this.groups[0], batch);
  }

  @Handles(topics.customers, { group: 'offers' })
  async offer(batch: Batch<Customers>): Promise<readonly Outcome[]> {
    for (const name of batch.map(nameOf))
      if (name === 'customer.cursed') throw Object.assign(new Error('a curse'), { retriable: false });
    return this.remember(this.groups[1], batch);
  }

  private remember(group: string, batch: Batch<Customers>): readonly Outcome[] {
    handled.push({ group, batch });
    onChange();
    return batch.map(() => done);
  }
}

@Module({ controllers: [Readers] })
class App {}

let database: TestDatabase;
let dataSource: DataSource;
let stream: Stream;
let app: INestMicroservice;

beforeAll(async () => {
  database = await testDatabase();
  dataSource = dataSourceOf({ url: database.url, schema: 'stream', migrations });
  await connect(dataSource, 'stream');
  stream = postgresStream({ dataSource });
  await stream.prepare([{ name: topics.customers.name, partitions: 1 }]);
  const strategy = streamTransport(stream, [isolating()], async (kept) => void letters.push(...kept));
  app = await NestFactory.createMicroservice(App, { strategy, logger: false });
  await app.listen();
});
afterAll(async () => {
  await app.close();
  await stream.close();
  await dataSource.destroy();
  await database.drop();
});

const { example } = topics.customers.events.CustomerActed;
const acted = (name: string) =>
  seal(topics.customers, { event: 'CustomerActed', id: name, key: 'customer-1', data: { ...example, name } });

const namesOf = (group: string) =>
  handled.filter((one) => one.group === group).flatMap(({ batch }) => batch.map(nameOf));
/** Resolves as soon as the group has received `count` events. */
const untilHandled = (group: string, count: number) =>
  new Promise<void>((resolve) => {
    onChange = () => {
      if (namesOf(group).length >= count) resolve();
    };
    onChange();
  });

describe("a controller's method that handles a topic", () => {
  test('gets its events in order and in batches of its size, like every other group', async () => {
    await stream.publish(topics.customers.name, ['a.done', 'b.done', 'c.done'].map(acted));
    await untilHandled('scoring', 3);
    await untilHandled('offers', 3);
    expect(namesOf('scoring')).toEqual(['a.done', 'b.done', 'c.done']);
    expect(namesOf('offers')).toEqual(['a.done', 'b.done', 'c.done']);
    const sizes = handled.filter(({ group }) => group === 'scoring').map(({ batch }) => batch.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
    expect(handled[0]!.batch[0]).toEqual({
      event: 'CustomerActed',
      id: 'a.done',
      isPossibleRepeat: false,
      partition: 0,
      offset: 0,
      data: { ...example, name: 'a.done' },
      text: JSON.stringify({ ...example, name: 'a.done' }),
    });
  });

  test('gets no messages that violate the contract, and a message that fails does not affect others', async () => {
    const broken = aMessage({ key: 'customer-1', value: '{', headers: { ce_type: 'engagement.customer.acted.v1' } });
    await stream.publish(topics.customers.name, [acted('d.done'), broken, acted('customer.cursed'), acted('e.done')]);
    await untilHandled('offers', 5);
    await untilHandled('scoring', 6);
    expect(namesOf('offers').slice(3)).toEqual(['d.done', 'e.done']);
    expect(namesOf('scoring').slice(3)).toEqual(['d.done', 'customer.cursed', 'e.done']);
    await eventually(() => expect(letters).toHaveLength(3));
    expect(letters.map(({ group, delivery, reason }) => [group, delivery.offset, reason]).sort()).toEqual([
      ['offers', 4, expect.stringContaining('A message on engagement.customers.v1 is not valid')],
      ['offers', 5, 'a curse'],
      ['scoring', 4, expect.stringContaining('A message on engagement.customers.v1 is not valid')],
    ]);
  });
});
