/** `Area/Location`, or UTC. Offsets (`+02:00`) and abbreviations (`EST`) are not accepted: they have no daylight saving time. */
export const timeZoneName = /^(?:[A-Za-z_]+\/[\w+/-]+|UTC)$/;

/** The names that were found before: a look-up costs as much as a hundred others. Bounded, because case does not matter and spellings are many. */
const found = new Set<string>();
const mostFound = 1_000;

/** Whether it is the name of a time zone in the IANA database, such as Europe/Rome. */
export function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || !timeZoneName.test(name)) return false;
  if (found.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  if (found.size < mostFound) found.add(name);
  return true;
}

/** The day in a time zone at an instant (milliseconds since 1970), as `2026-12-24`. Throws `RangeError` for an unknown zone. */
export function dayAt(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(instant)
    .map(({ type, value }) => [type, value] as const);
  const part = new Map(parts);
  return `${part.get('year')!.padStart(4, '0')}-${part.get('month')}-${part.get('day')}`;
}
