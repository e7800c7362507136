import type { HouseholdEvent } from './household-event.ts';

const weekMs = 7 * 24 * 3_600_000;
/** After this time, a score is back at its base. */
const fadedMs = 365 * 24 * 3_600_000;

/** Shifts all events by the same number of weeks, so that weekdays and hours stay and the last event is in the week before `until`. */
export function shiftedTo(events: readonly HouseholdEvent[], until: number): HouseholdEvent[] {
  const weeks = Math.floor((until - lastOf(events)) / weekMs);
  return weeks === 0 ? [...events] : events.map((one) => shifted(one, weeks));
}

/** A shifted event is another event than the original one, so it has another id. */
function shifted({ household, at, event }: HouseholdEvent, weeks: number): HouseholdEvent {
  const moved = at + weeks * weekMs;
  const messageId = `${event.messageId}:${weeks > 0 ? '+' : ''}${weeks}w`;
  return { household, at: moved, event: { ...event, messageId, timestamp: new Date(moved).toISOString() } };
}

/** A sentence about the period of the events, with a warning if their evidence has decayed. */
export function ageOf(events: readonly HouseholdEvent[], now: number): string {
  const [first, last] = [events[0]!.at, lastOf(events)].map((at) => new Date(at).toISOString().slice(0, 10));
  const span = `They happened from ${first} to ${last}`;
  if (now - lastOf(events) < fadedMs) return `${span}.`;
  return `${span}: since then their evidence has decayed, and the scores are at their base, with confidence 0. Read the scores of that time (?at=${last}), or replay with --until now, which shifts all events by whole weeks.`;
}

const lastOf = (events: readonly HouseholdEvent[]) => events.at(-1)!.at;
