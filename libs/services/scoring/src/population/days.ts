const dayMs = 86_400_000;

/** A day (UTC) as YYYY-MM-DD. */
export type Day = string;

export const dayOf = (instant: number): Day => new Date(instant).toISOString().slice(0, 10);
/** The last millisecond of a day, since 1970: the instant at which its summary holds. */
export const endOf = (day: Day): number => Date.parse(day) + dayMs - 1;
/** The last day that has ended at an instant. */
export const lastDayBefore = (instant: number): Day => dayOf(instant - dayMs);
export const daysBefore = (day: Day, count: number): Day => dayOf(Date.parse(day) - count * dayMs);

/** The days from one to another, both included, oldest first. */
export function daysBetween(from: Day, to: Day): Day[] {
  const count = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1);
  return Array.from({ length: count }, (_, index) => daysBefore(from, -index));
}
