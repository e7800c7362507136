import type { TrackingEvent } from '../sestante/events.ts';
import { type Rejection, sendBatch } from '../sestante/send-batch.ts';
import type { Target } from '../sestante/target.ts';
import { toBatches } from './lanes.ts';

/** The progress of sending. It is mutated while events are sent. */
export interface Progress {
  sent: number;
  /** The reason for the current interruption. */
  error: string | undefined;
  readonly rejected: Rejection[];
}

/** Sends the lanes in parallel, and the batches of a lane one after another. Throws `Fault` on the first refusal, which ends all lanes. */
export async function sendLanes(target: Target, lanes: readonly TrackingEvent[][], progress: Progress): Promise<void> {
  const stop = new AbortController();
  const sendLane = async (lane: readonly TrackingEvent[]) => {
    for (const events of toBatches(lane)) {
      const onError = (error: string | undefined) => (progress.error = error);
      const rejected = await sendBatch(target, { events }, { onError, signal: stop.signal });
      progress.rejected.push(...rejected);
      progress.sent += events.length;
    }
  };
  const abort = (error: unknown) => {
    stop.abort(error);
    throw error;
  };
  await Promise.all(lanes.map((lane) => sendLane(lane).catch(abort)));
}
