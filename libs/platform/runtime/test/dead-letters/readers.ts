import { Controller, Module } from '@nestjs/common';
import { type CustomerActed, type Envelope, seal, topics } from '@sestante/contracts';
import { type Batch, deadLetter, done, Handles, type Outcome } from '@sestante/streaming';

export const path = '/api/v1/dead-letters';
export const topic = topics.customers.name;

/** A dead letter in a response. */
export interface Letter {
  readonly id: string;
  readonly group: string;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
  readonly valueBytes: number;
  readonly reason: string;
  readonly attempts: number;
  readonly redrivenAt: string | null;
}

/** The reasons why a group currently cannot handle activities, by group and name. */
export const faults = new Map<string, string>();
/** The activities that each group handled, in order. */
export const used: { readonly group: string; readonly id: string }[] = [];

type Customers = typeof topics.customers;

function take(group: string, batch: Batch<Customers>): Outcome[] {
  return batch.map(({ id, event, data }) => {
    const fault = faults.get(`${group} ${event === 'CustomerActed' ? data.name : event}`);
    if (fault !== undefined) return deadLetter(fault);
    used.push({ group, id });
    return done;
  });
}

@Controller()
class Scoring {
  @Handles(topics.customers, { group: 'scoring' })
  async handle(batch: Batch<Customers>): Promise<readonly Outcome[]> {
    return take('scoring', batch);
  }
}

@Controller()
class Offers {
  @Handles(topics.customers, { group: 'offers' })
  async handle(batch: Batch<Customers>): Promise<readonly Outcome[]> {
    return take('offers', batch);
  }
}

/** Two services in one process. */
@Module({ controllers: [Scoring, Offers] })
export class BothReaders {}

/** One of them. */
@Module({ controllers: [Offers] })
export class OffersReader {}

/** Messages of activities, each with its own id. */
export function acted(id: string, over: Partial<CustomerActed> = {}): Envelope {
  const { example } = topics.customers.events.CustomerActed;
  return seal(topics.customers, {
    event: 'CustomerActed',
    id,
    key: `customer of ${id}`,
    data: { ...example, ...over },
  });
}

export const usedBy = (group: string) => used.filter((one) => one.group === group).map(({ id }) => id);
