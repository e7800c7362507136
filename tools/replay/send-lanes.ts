import type { TrackingEvent } from '../sestante/events.ts';
import { type Rejection, sendBatch } from '../sestante/send-batch.ts';
import type { Target } from '../sestante/target.ts';
import { toBatches } from './lanes.ts';

/** How far the sending is. It is changed while events are sent. */
export interface Progress {
  sent: number;
  /** Why nothing goes on at the moment. */
  trouble: string | undefined;
  readonly rejected: Rejection[];
}

/** Sends the lanes side by side, and the batches of each one after another. Throws `Fault` on the first refusal, which ends all lanes. */
export async function sendLanes(target: Target, lanes: readonly TrackingEvent[][], progress: Progress): Promise<void> {
  const stop = new AbortController();
  const sendLane = async (lane: readonly TrackingEvent[]) => {
    for (const events of toBatches(lane)) {
      const onTrouble = (trouble: string | undefined) => (progress.trouble = trouble);
      const rejected = await sendBatch(target, { events }, { onTrouble, signal: stop.signal });
      progress.rejected.push(...rejected);
      progress.sent += events.length;
    }
  };
  const refuse = (error: unknown) => {
    stop.abort(error);
    throw error;
  };
  await Promise.all(lanes.map((lane) => sendLane(lane).catch(refuse)));
}
