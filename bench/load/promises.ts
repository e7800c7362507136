import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../system/server.ts';
import { eventSource } from './events.ts';
import { untilDone } from './follow.ts';
import { listenAs, type Listener } from './listeners.ts';
import { post } from './requests.ts';
import { sendAll } from './send.ts';

/** A promise to a listening customer that is broken: an apology is due, and is offered. Nobody is made more than two offers a week. */
const brokenPromise = 'Promise Broken';

/** Makes customers known by an event of each, waits until it is through (`before`: events sent until now), and listens to their offers. */
export async function newListeners(server: Server, count: number, before: number): Promise<Listener[]> {
  const next = eventSource(before);
  const userIds = Array.from({ length: count }, (_, index) => `listener-${before}-${index}`);
  const known = userIds.map((userId) => post(server, '/v1/track', next({ userId, event: 'Product Viewed' })));
  await sendAll(server.port, known, 8);
  await untilDone(server, before + count);
  return listenAs(server, userIds);
}

/** The request that breaks a promise to this customer. */
export function breakPromise(server: Server, userId: string): Buffer {
  return post(server, '/v1/track', eventSource(1)({ userId, event: brokenPromise }));
}

/** Waits for the offers, `each` for every listener, as long as it is worth waiting, and says how many have not come. */
export async function missingAfter(listeners: readonly Listener[], each: number, patienceMs = 5_000): Promise<number> {
  const missing = () => listeners.reduce((count, { arrivals }) => count + Math.max(0, each - arrivals.length), 0);
  for (let waited = 0; missing() > 0 && waited < patienceMs; waited += 50) await sleep(50);
  return missing();
}
