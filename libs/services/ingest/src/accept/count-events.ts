import { Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, Stats } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { RejectedEvents } from '../rejected/rejected-events.ts';

/** Counts of events from stored data, so that they survive a crash: accepted events are messages of the stream, rejected events are rows. */
@Injectable()
export class CountEvents {
  constructor(stats: Stats, rejectedEvents: RejectedEvents, @InjectStream() stream: Stream) {
    stats.add(async () => {
      const [accepted, rejected] = await Promise.all([
        publishedTo(stream, topics.activities.name),
        rejectedEvents.count(),
      ]);
      return { received: accepted + rejected, accepted, rejected };
    });
  }
}

async function publishedTo(stream: Stream, topic: string): Promise<number> {
  const ends = new Map((await stream.positions(topic)).map(({ partition, end }) => [partition, end]));
  return [...ends.values()].reduce((sum, end) => sum + end, 0);
}
