import type { TrackingEvent } from '../sestante/events.ts';
import type { HouseholdEvent } from './household-event.ts';

/** What a server takes in one request: at most 500 KB, of which some are left for the envelope. */
const most = { events: 100, bytes: 480 * 1024 };

/** Deals the events out to lanes, all of a household to the same one: as long as a lane sends one batch after another, its order holds. */
export function toLanes(events: readonly HouseholdEvent[], laneCount: number): TrackingEvent[][] {
  const lanes: TrackingEvent[][] = Array.from({ length: laneCount }, () => []);
  for (const { household, event } of events) lanes[laneOf(household, laneCount)]?.push(event);
  return lanes;
}

/** FNV-1a: spreads households of any naming evenly. */
function laneOf(household: string, laneCount: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(household)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % laneCount;
}

/** Cuts a lane into batches, in order: 100 events, or fewer where they are large. */
export function* toBatches(events: readonly TrackingEvent[]): Generator<TrackingEvent[]> {
  let batch: TrackingEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event)) + 1;
    if (batch.length === most.events || (batch.length > 0 && bytes + size > most.bytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
