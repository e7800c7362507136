import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';
import { eventSource } from './events.ts';
import { untilDone } from './follow.ts';
import { listenAs, type Listener } from './listeners.ts';
import { post } from './requests.ts';
import { sendAll } from './send.ts';

/** A broken promise to a listening customer leads to an apology as an offer. A customer gets at most two offers per week. */
const brokenPromise = 'Promise Broken';

/** Creates customers by one event each, waits until these are processed (`before`: the events sent so far), and opens their live streams. */
export async function newListeners(server: Server, count: number, before: number): Promise<Listener[]> {
  const next = eventSource(before);
  const userIds = Array.from({ length: count }, (_, index) => `listener-${before}-${index}`);
  const known = userIds.map((userId) => post(server, '/v1/track', next({ userId, event: 'Product Viewed' })));
  await sendAll(server.port, known, 8);
  await untilDone(server, before + count);
  return listenAs(server, userIds);
}

/** A request with a broken promise to this customer. */
export function brokenPromiseRequest(server: Server, userId: string): Buffer {
  return post(server, '/v1/track', eventSource(1)({ userId, event: brokenPromise }));
}

/** Waits for `each` offers per listener, at most `timeoutMs`. Resolves to the number of missing offers. */
export async function missingAfter(listeners: readonly Listener[], each: number, timeoutMs = 5_000): Promise<number> {
  const missing = () => listeners.reduce((count, { arrivals }) => count + Math.max(0, each - arrivals.length), 0);
  for (let waited = 0; missing() > 0 && waited < timeoutMs; waited += 50) await sleep(50);
  return missing();
}
