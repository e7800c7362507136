// @ts-expect-error: kafkajs publishes no types for its internals.
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

interface Queue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 checks pending requests with a timer that it always sets again, even if none is pending, and then for a time in the past: every
 * connection wakes an idle process about 900 times a second, and Node warns of a negative timeout. After this call a queue without pending
 * requests sets no timer; the next pending request sets it.
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
