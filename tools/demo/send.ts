import { Fault } from '../sestante/fault.ts';
import type { OnError } from '../sestante/retry-request.ts';
import { sendBatch } from '../sestante/send-batch.ts';
import type { Target } from '../sestante/target.ts';
import { type Occurrence, toEvent } from './shop/occurrence.ts';

const concurrency = 4;
const maxBatchSize = 100;

/** Sends occurrences as the devices would: each device sends its own batches, with its own clock. Throws `Fault` if an event is rejected. */
export async function send(target: Target, occurrences: readonly Occurrence[], onError?: OnError): Promise<void> {
  const byDevice = Map.groupBy(occurrences, ({ device }) => device.id);
  const waiting = [...byDevice.values()];
  const sendDevices = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await sendDevice(target, next, onError);
  };
  await Promise.all(Array.from({ length: concurrency }, sendDevices));
}

async function sendDevice(target: Target, occurrences: readonly Occurrence[], onError?: OnError): Promise<void> {
  for (let from = 0; from < occurrences.length; from += maxBatchSize) {
    const part = occurrences.slice(from, from + maxBatchSize);
    const sentAt = new Date(Date.now() + (part[0]?.device.clockAheadMs ?? 0)).toISOString();
    const [rejected] = await sendBatch(target, { events: part.map(toEvent), sentAt }, { onError });
    if (rejected) throw new Fault(`An event of the demo was rejected: ${rejected.code}: ${rejected.reason}`);
  }
}
