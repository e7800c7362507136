import { Injectable } from '@nestjs/common';
import { type ActivityReceived, seal, topics } from '@sestante/contracts';
import { InjectStream, Problem } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { RecentCache } from '../judge/recent-cache.ts';

/** Those of some activities that were not published: they had been, or their message id is that of another one. */
export interface Unpublished {
  readonly repeated: ReadonlySet<ActivityReceived>;
  readonly reused: ReadonlySet<ActivityReceived>;
}

/**
 * Publishes activities that can be used; those that were published lately, not again, so that a sender's repeat costs nothing downstream. What is
 * forgotten here takes effect once all the same: the timeline knows it.
 */
@Injectable()
export class PublishActivities {
  /** The hash of what was said, by activity; as a number of 31 bits and a sign, of which a map holds a hundred thousand in little room. */
  private readonly published = new RecentCache<number>();

  constructor(@InjectStream() private readonly stream: Stream) {}

  /** Resolves once all of them are durable. Throws 503: send them again. */
  async publish(activities: readonly ActivityReceived[]): Promise<Unpublished> {
    const fresh = new Map<string, ActivityReceived>();
    const [repeated, reused] = [new Set<ActivityReceived>(), new Set<ActivityReceived>()];
    for (const activity of activities) {
      const { activityId, contentHash } = activity;
      const before = fresh.get(activityId)?.contentHash;
      const known = before === undefined ? this.published.get(activityId) : before | 0;
      if (known === undefined) fresh.set(activityId, activity);
      else (known === (contentHash | 0) ? repeated : reused).add(activity);
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
    for (const { activityId, contentHash } of fresh.values()) this.published.set(activityId, contentHash | 0, now);
    return { repeated, reused };
  }
}

function toMessage(data: ActivityReceived) {
  const { kind, value } = data.identifiers[0]!;
  return seal(topics.activities, { event: 'ActivityReceived', id: data.activityId, key: `${kind}:${value}`, data });
}
