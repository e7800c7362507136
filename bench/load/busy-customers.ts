import type { Server } from '../system/server.ts';
import { customerIdOf } from './api.ts';
import { eventSource } from './events.ts';
import { follow } from './follow.ts';
import { post } from './requests.ts';
import { sendAll } from './send.ts';

const eachRequest = 200;

const dayMs = 86_400_000;

/**
 * Makes customers with so many activities each, spread evenly over the last `days`, and waits until these are processed. Resolves to their ids.
 */
export async function newBusyCustomers(
  server: Server,
  userIds: readonly string[],
  activities: number,
  days = 0,
): Promise<string[]> {
  const timestampOf = (index: number) => new Date(Date.now() - (days * dayMs * (activities - index)) / activities);
  const next = eventSource(1);
  const progress = await follow(server);
  for (const userId of userIds) {
    const events = Array.from({ length: activities }, (_, index) => next({ userId, timestamp: timestampOf(index) }));
    const requests = Array.from({ length: Math.ceil(activities / eachRequest) }, (_, index) => {
      const batch = events.slice(index * eachRequest, (index + 1) * eachRequest);
      return post(server, '/v1/batch', `{"batch":[${batch.join()}]}`);
    });
    await sendAll(server.port, requests, 4);
  }
  await progress.until(userIds.length * activities);
  return Promise.all(userIds.map((userId) => customerIdOf(server, userId)));
}
