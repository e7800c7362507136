import type { TrackingEvent } from './events.ts';
import { Fault } from './fault.ts';
import { persist, type Persistence } from './persist.ts';
import { type Answer, refusalOf, request } from './request.ts';
import type { Target } from './target.ts';

/** An event that Sestante kept, but cannot use, and why. */
export interface Rejection {
  readonly messageId: string;
  readonly code: string;
  readonly reason: string;
}

/** What is sent in one request. Without `sentAt` the events keep their times to the millisecond. */
export interface Batch {
  readonly events: readonly TrackingEvent[];
  /** When the device sends it, by the device's own clock. */
  readonly sentAt?: string;
}

/** Sends a batch until it is kept, through every passing trouble, and returns what of it cannot be used. Throws `Fault` on a refusal. */
export async function sendBatch(
  target: Target,
  batch: Batch,
  persistence?: Persistence,
): Promise<readonly Rejection[]> {
  const { events, sentAt } = batch;
  const body = JSON.stringify({ batch: events, sentAt });
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${target.writeKey}:`).toString('base64')}`,
  };
  const url = `${target.url}/v1/batch`;
  const answer = await persist(() => request(url, { method: 'POST', headers, body }), persistence);
  return rejectionsOf(target, answer, events);
}

type Receipt = {
  success?: unknown;
  rejected?: readonly { index: number; messageId?: string; code: string; reason: string }[];
};

function rejectionsOf(target: Target, answer: Answer, events: readonly TrackingEvent[]): Rejection[] {
  if (answer.status === 401)
    throw new Fault(
      `${target.url} does not know the write key from ${target.keysFrom}: set SESTANTE_WRITE_KEY, or SESTANTE_DATA to the folder of that server.`,
    );
  const { success, rejected = [] } = (answer.body ?? {}) as Receipt;
  if (answer.status !== 200) throw new Fault(`${target.url} refuses the events: ${refusalOf(answer)}`);
  if (success !== true) throw new Fault(`Something answers at ${target.url}, but it is not Sestante.`);
  return rejected.map(({ index, messageId, code, reason }) => ({
    messageId: messageId ?? events[index]?.messageId ?? `event ${index}`,
    code,
    reason,
  }));
}
