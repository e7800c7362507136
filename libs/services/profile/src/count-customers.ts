import { Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, Stats } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { Customers } from './store/customers.ts';

/** Adds the counts of activities, customers and duplicates to the statistics. A duplicate was read from the stream and its activity was stored before. */
@Injectable()
export class CountCustomers {
  constructor(stats: Stats, customers: Customers, @InjectStream() stream: Stream) {
    stats.add(async () => {
      const positions = await stream.positions(topics.activities.name);
      const read = positions
        .filter(({ group }) => group === 'profile')
        .reduce((sum, { committed }) => sum + committed, 0);
      const { activities, dropped, customers: count } = await customers.count();
      return { activities, customers: count, duplicate: Math.max(0, read - activities - dropped) };
    });
  }
}
