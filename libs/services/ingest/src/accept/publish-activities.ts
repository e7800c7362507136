import { Injectable } from '@nestjs/common';
import { type ActivityReceived, seal, topics } from '@sestante/contracts';
import { InjectStream, Problem } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { Repeats } from './repeats.ts';

/** Publishes activities that can be used; those that were published lately, not again. */
@Injectable()
export class PublishActivities {
  private readonly repeats = new Repeats();

  constructor(@InjectStream() private readonly stream: Stream) {}

  /** Resolves once all of them are durable, to those that had been already. Throws 503: send them again. */
  async publish(activities: readonly ActivityReceived[]): Promise<ReadonlySet<ActivityReceived>> {
    const fresh = new Map<string, ActivityReceived>();
    const repeated = new Set<ActivityReceived>();
    for (const activity of activities) {
      const { activityId } = activity;
      if (fresh.has(activityId) || this.repeats.has(activityId)) repeated.add(activity);
      else fresh.set(activityId, activity);
    }
    try {
      await this.stream.publish(topics.activities.name, [...fresh.values()].map(toMessage));
    } catch (error) {
      throw Object.assign(
        new Problem(503, 'stream-unavailable', 'The events could not be kept. Send them again shortly.'),
        { cause: error },
      );
    }
    const now = performance.now();
    for (const activityId of fresh.keys()) this.repeats.add(activityId, now);
    return repeated;
  }
}

function toMessage(data: ActivityReceived) {
  const { kind, value } = data.identifiers[0]!;
  return seal(topics.activities, { event: 'ActivityReceived', id: data.activityId, key: `${kind}:${value}`, data });
}
