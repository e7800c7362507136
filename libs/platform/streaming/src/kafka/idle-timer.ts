// @ts-expect-error: kafkajs publishes no types for its inside.
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

interface Queue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 looks after requests that wait for their turn with a timer that it sets again after every look, also when none waits,
 * and then for a time in the past: every connection wakes an idle process about 900 times a second, and Node warns of a negative
 * time-out. With this call a queue in which nothing waits sets no timer; the next request that has to wait sets it.
 */
export function stopIdleTimers(): void {
  const queue = RequestQueue.prototype as Queue & { [fixed]?: true };
  if (queue[fixed]) return;
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: Queue) {
    if (this.pending.length > 0) schedule.call(this);
  };
  queue[fixed] = true;
}

const fixed = Symbol('sestante: idle timers stopped');
