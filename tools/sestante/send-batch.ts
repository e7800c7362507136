import type { TrackingEvent } from './events.ts';
import { Fault } from './fault.ts';
import { retryRequest, type RetryOptions } from './retry-request.ts';
import { type Answer, problemText, request } from './request.ts';
import type { Target } from './target.ts';

/** An event that Sestante rejected, with the reason. */
export interface Rejection {
  readonly messageId: string;
  readonly code: string;
  readonly reason: string;
}

/** The content of one request. Without `sentAt` the times of the events are not corrected. */
export interface Batch {
  readonly events: readonly TrackingEvent[];
  /** The time of sending, by the clock of the device. */
  readonly sentAt?: string;
}

/** Sends a batch, with retries after transient failures, and returns the rejected events. Throws `Fault` on a refusal. */
export async function sendBatch(target: Target, batch: Batch, options?: RetryOptions): Promise<readonly Rejection[]> {
  const { events, sentAt } = batch;
  const body = JSON.stringify({ batch: events, sentAt });
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${target.writeKey}:`).toString('base64')}`,
  };
  const url = `${target.url}/v1/batch`;
  const answer = await retryRequest(() => request(url, { method: 'POST', headers, body }), options);
  return rejectionsOf(target, answer, events);
}

type Receipt = {
  success?: unknown;
  rejected?: readonly { index: number; messageId?: string; code: string; reason: string }[];
};

function rejectionsOf(target: Target, answer: Answer, events: readonly TrackingEvent[]): Rejection[] {
  if (answer.status === 401)
    throw new Fault(
      `${target.url} rejects the write key from ${target.keysFrom}: set SESTANTE_WRITE_KEY, or SESTANTE_DATA to the folder of that server.`,
    );
  const { success, rejected = [] } = (answer.body ?? {}) as Receipt;
  if (answer.status !== 200) throw new Fault(`${target.url} rejects the request: ${problemText(answer)}`);
  if (success !== true) throw new Fault(`The server at ${target.url} is not Sestante.`);
  return rejected.map(({ index, messageId, code, reason }) => ({
    messageId: messageId ?? events[index]?.messageId ?? `event ${index}`,
    code,
    reason,
  }));
}
