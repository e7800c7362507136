import type { TrackingEvent } from '../sestante/events.ts';
import type { HouseholdEvent } from './household-event.ts';

/** The limits of a batch. The server accepts 500 KB per request; the rest is for the envelope. */
const limits = { events: 100, bytes: 480 * 1024 };

/** Distributes the events to lanes by household. The events of a household stay in order if a lane sends its batches one after another. */
export function toLanes(events: readonly HouseholdEvent[], laneCount: number): TrackingEvent[][] {
  const lanes: TrackingEvent[][] = Array.from({ length: laneCount }, () => []);
  for (const { household, event } of events) lanes[laneOf(household, laneCount)]?.push(event);
  return lanes;
}

/** FNV-1a: distributes any household ids evenly. */
function laneOf(household: string, laneCount: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(household)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % laneCount;
}

/** Splits a lane into batches, in order: at most 100 events, or fewer if they are large. */
export function* toBatches(events: readonly TrackingEvent[]): Generator<TrackingEvent[]> {
  let batch: TrackingEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 1;
    if (batch.length === limits.events || (batch.length > 0 && bytes + size > limits.bytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
