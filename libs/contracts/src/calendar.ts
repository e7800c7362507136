/** Whether a text that begins as 2026-11-20 begins with a day that there is: JavaScript takes 30 February for 2 March, Postgres refuses it. */
export function hasRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
