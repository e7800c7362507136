import { setTimeout as pause } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type ActivityReceived, ownSourceId, seal, topics } from '@sestante/contracts';
import { identifierKey, type IdentifierKind } from '@sestante/identity';
import { type Caller, InjectStream, notFound, Problem } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { actedBy, usualChannel, whoseWord } from './acting.ts';

/** What a customer, or somebody for the customer, sets over the API. */
export interface OwnActivity {
  readonly type: 'track' | 'identify';
  readonly name: string;
  /** The usual channel of the caller if it is absent. */
  readonly channel?: ActivityReceived['channel'] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly traits?: Readonly<Record<string, unknown>>;
}

/** How long a request waits until its activity is stored, in milliseconds. */
const longestWaitMs = 5_000;
const shortestPauseMs = 10;
const longestPauseMs = 100;

/**
 * Adds activities to the input of this service: what is set over the API is an activity like any other, in the timeline, with its order, its proof and its
 * effect on the next decision. It is durable before the request waits for it, so that a crash does not lose it.
 */
@Injectable()
export class OwnActivities {
  constructor(
    private readonly dataSource: DataSource,
    @InjectStream() private readonly stream: Stream,
  ) {}

  /**
   * Publishes the activity and waits until it is stored. Resolves to whether it is: if not after 5 s, it will be later.
   *
   * @param customerId a present id
   * @throws Problem 404 if the customer is gone, 503 if the stream is unavailable
   */
  async add(customerId: string, activity: OwnActivity, caller: Caller): Promise<{ readonly isStored: boolean }> {
    const received = await this.received(customerId, activity, caller);
    const { activityId: id } = received;
    const key = identifierKey(received.identifiers[0]!);
    const message = { event: 'ActivityReceived', id, key, data: received, from: 'profile' } as const;
    try {
      await this.stream.publish(topics.activities.name, [seal(topics.activities, message)]);
    } catch (error) {
      const problem = new Problem(503, 'stream-unavailable', 'The change could not be stored. Send it again later.');
      throw Object.assign(problem, { cause: error });
    }
    return { isStored: await this.isStoredInTime(id) };
  }

  private async received(customerId: string, activity: OwnActivity, caller: Caller): Promise<ActivityReceived> {
    const { kind, value, latest } = await this.customer(customerId);
    // The clock of another process may be ahead. What is set now is later than what was set before.
    const at = new Date(Math.max(Date.now(), (latest?.getTime() ?? 0) + 1)).toISOString();
    const activityId = uuidv7();
    const { type, name, channel = usualChannel(caller), traits = {} } = activity;
    const properties = { ...activity.properties, acted_by: actedBy(caller) };
    return {
      ...{ activityId, source: ownSourceId, messageId: activityId, type, name, channel },
      ...whoseWord(caller),
      identifiers: [{ kind, value }],
      timestamp: at,
      receivedAt: at,
      properties,
      traits,
      contentHash: crc32(JSON.stringify([name, channel, properties, traits])),
    };
  }

  /** The strongest identifier of the customer, which gives it its id, and the latest instant of what is set for the customer; null if nothing is. */
  private async customer(customerId: string) {
    const [found] = await this.dataSource.query<{ kind: IdentifierKind; value: string; latest: Date | null }[]>(
      `select kind, value,
              greatest((select max(set_at) from profile.fact where customer_id = $1),
                       (select max(t.set_at) from profile.member o join profile.trait t using (member_id) where o.customer_id = $1)) as latest
         from profile.member where member_id = $1`,
      [customerId],
    );
    if (!found) throw notFound('customer');
    return found;
  }

  private async isStoredInTime(activityId: string): Promise<boolean> {
    const giveUpAt = performance.now() + longestWaitMs;
    for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const seen = await this.dataSource.query<unknown[]>('select from profile.seen where activity_id = $1', [
        activityId,
      ]);
      if (seen.length > 0) return true;
      if (performance.now() >= giveUpAt) return false;
      await pause(pauseMs);
    }
  }
}
