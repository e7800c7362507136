import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '../sestante/fault.ts';
import { readCoupons } from './coupons.ts';
import { byTime, type HouseholdEvent } from './household-event.ts';
import { readOrders } from './orders.ts';

/** The folder from the command line, relative to the working directory of the user. Throws `Fault`. */
export function folderFrom(named: string | undefined, workingDirectory: string): string {
  if (!named)
    throw new Fault(
      'The folder is missing. Usage: npm run replay -- <folder with transactions_sample.csv.gz, and coupon_redemptions.csv.gz if there were coupons>',
    );
  const folder = resolve(workingDirectory, named);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Fault(`${folder} is not a folder.`);
  return folder;
}

/** Reads all events of the folder, oldest first. Throws `Fault` if a file is missing or invalid, or if an event occurs twice. */
export async function readJourney(folder: string): Promise<HouseholdEvent[]> {
  const events = [...(await readOrders(folder)), ...(await readCoupons(folder))].sort(byTime);
  const seen = new Set<string>();
  for (const { event } of events) {
    if (seen.has(event.messageId)) throw new Fault(`${event.messageId} occurs twice in ${folder}.`);
    seen.add(event.messageId);
  }
  return events;
}
