import { Fault } from '../sestante/fault.ts';
import type { OnTrouble } from '../sestante/persist.ts';
import { sendBatch } from '../sestante/send-batch.ts';
import type { Target } from '../sestante/target.ts';
import { type Happening, toEvent } from './shop/happening.ts';

const side = 4;
const mostInBatch = 100;

/** Sends happenings as the devices would: each device its own batches, with its own clock. Throws `Fault` if one is not understood. */
export async function send(target: Target, happenings: readonly Happening[], onTrouble?: OnTrouble): Promise<void> {
  const byDevice = Map.groupBy(happenings, ({ device }) => device.id);
  const waiting = [...byDevice.values()];
  const sendDevices = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await sendDevice(target, next, onTrouble);
  };
  await Promise.all(Array.from({ length: side }, sendDevices));
}

async function sendDevice(target: Target, happenings: readonly Happening[], onTrouble?: OnTrouble): Promise<void> {
  for (let from = 0; from < happenings.length; from += mostInBatch) {
    const part = happenings.slice(from, from + mostInBatch);
    const sentAt = new Date(Date.now() + (part[0]?.device.clockAheadMs ?? 0)).toISOString();
    const [rejected] = await sendBatch(target, { events: part.map(toEvent), sentAt }, { onTrouble });
    if (rejected) throw new Fault(`An event of the demo was rejected: ${rejected.code}: ${rejected.reason}`);
  }
}
