import { Injectable } from '@nestjs/common';
import { type ActivityReceived, seal, topics } from '@sestante/contracts';
import { InjectStream, Problem } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { RecentCache } from '../judge/recent-cache.ts';

/** Activities that were not published: `repeated` were published before, `reused` have the message id of another activity. */
export interface Unpublished {
  readonly repeated: ReadonlySet<ActivityReceived>;
  readonly reused: ReadonlySet<ActivityReceived>;
}

/**
 * Publishes activities, without those that were published recently, so that repeats cost nothing downstream. Older repeats have no effect either:
 * the timeline contains each activity once.
 */
@Injectable()
export class PublishActivities {
  /** The content hash by activity id, as a signed 32-bit integer: a map of integers needs little memory. */
  private readonly published = new RecentCache<number>();

  constructor(@InjectStream() private readonly stream: Stream) {}

  /** Resolves when all of them are durable. Throws 503 if the stream is unavailable. */
  async publish(activities: readonly ActivityReceived[]): Promise<Unpublished> {
    const fresh = new Map<string, ActivityReceived>();
    const [repeated, reused] = [new Set<ActivityReceived>(), new Set<ActivityReceived>()];
    for (const activity of activities) {
      const { activityId, contentHash } = activity;
      const before = fresh.get(activityId)?.contentHash;
      const hash = before === undefined ? this.published.get(activityId) : before | 0;
      if (hash === undefined) fresh.set(activityId, activity);
      else (hash === (contentHash | 0) ? repeated : reused).add(activity);
    }
    try {
      await this.stream.publish(topics.activities.name, [...fresh.values()].map(toMessage));
    } catch (error) {
      throw Object.assign(
        new Problem(503, 'stream-unavailable', 'The events could not be stored. Send them again later.'),
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
