import type { Server } from '../system/server.ts';
import { customers } from './events.ts';
import { follow } from './follow.ts';
import { requestsOf } from './requests.ts';
import { sendAll } from './send.ts';

/** Sends enough events that nearly all customers exist and the code is compiled. */
export async function makeKnown(server: Server, among = customers): Promise<void> {
  const events = customers * 6;
  const progress = await follow(server);
  await sendAll(server.port, requestsOf(server, { events, eachRequest: 200, seed: 0, customers: among }), 4);
  await progress.until(events);
}
