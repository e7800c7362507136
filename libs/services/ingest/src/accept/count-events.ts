import { Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream, Stats } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { RejectedEvents } from '../rejected/rejected-events.ts';

/** Counts from what is stored, so that they survive any crash: accepted events are the messages of the stream, rejected ones are rows. */
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
