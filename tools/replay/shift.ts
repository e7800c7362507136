import type { HouseholdEvent } from './household-event.ts';

const weekMs = 7 * 24 * 3_600_000;
/** After so long, a score is what it was before there was any evidence. */
const fadedMs = 365 * 24 * 3_600_000;

/** Moves all events by the same whole weeks, so that weekdays and hours stay, to where the last one lies in the week before `until`. */
export function shiftedTo(events: readonly HouseholdEvent[], until: number): HouseholdEvent[] {
  const weeks = Math.floor((until - lastOf(events)) / weekMs);
  return weeks === 0 ? [...events] : events.map((one) => shifted(one, weeks));
}

/** Another event than the one that was not moved: it has another id. */
function shifted({ household, at, event }: HouseholdEvent, weeks: number): HouseholdEvent {
  const moved = at + weeks * weekMs;
  const messageId = `${event.messageId}:${weeks > 0 ? '+' : ''}${weeks}w`;
  return { household, at: moved, event: { ...event, messageId, timestamp: new Date(moved).toISOString() } };
}

/** What to know of when the events happened, in a sentence. */
export function ageOf(events: readonly HouseholdEvent[], now: number): string {
  const [first, last] = [events[0]!.at, lastOf(events)].map((at) => new Date(at).toISOString().slice(0, 10));
  const span = `They happened from ${first} to ${last}`;
  if (now - lastOf(events) < fadedMs) return `${span}.`;
  return `${span}: by now their evidence has faded, and scores are what they were before it, at confidence 0. Ask for scores as they were then (?at=${last}), or replay with --until now, which moves all of them by whole weeks.`;
}

const lastOf = (events: readonly HouseholdEvent[]) => events.at(-1)!.at;
