import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '../sestante/fault.ts';
import { readCoupons } from './coupons.ts';
import { byTime, type HouseholdEvent } from './household-event.ts';
import { readOrders } from './orders.ts';

/** The folder that a user named, from where the user stands. Throws `Fault`. */
export function folderFrom(named: string | undefined, standing: string): string {
  if (!named) throw new Fault('Which folder? npm run replay -- <folder with transactions_sample.csv.gz and more>');
  const folder = resolve(standing, named);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Fault(`${folder} is not a folder.`);
  return folder;
}

/** Everything that the folder tells, oldest first. Throws `Fault` when its files are not there or not right, or tell one thing twice. */
export async function readJourney(folder: string): Promise<HouseholdEvent[]> {
  const events = [...(await readOrders(folder)), ...(await readCoupons(folder))].sort(byTime);
  const seen = new Set<string>();
  for (const { event } of events) {
    if (seen.has(event.messageId)) throw new Fault(`${event.messageId} stands twice in ${folder}.`);
    seen.add(event.messageId);
  }
  return events;
}
