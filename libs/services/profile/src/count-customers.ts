import { Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, Stats } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { Customers } from './store/customers.ts';

/** Counts what is stored. A duplicate is an activity that was read from the stream and did not make a new entry. */
@Injectable()
export class CountCustomers {
  constructor(stats: Stats, customers: Customers, @InjectStream() stream: Stream) {
    stats.add(async () => {
      const positions = await stream.positions(topics.activities.name);
      const read = positions
        .filter(({ group }) => group === 'profile')
        .reduce((sum, { committed }) => sum + committed, 0);
      const { activities, customers: count } = await customers.count();
      return { activities, customers: count, duplicate: Math.max(0, read - activities) };
    });
  }
}
