/** An instant in milliseconds since 1970 as Postgres reads it. Unlike `toISOString`, any year: with BC before the year 1, without sign after 9999. */
export function instantText(at: number): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const rest = date.toISOString().slice(-'-01-01T00:00:00.000Z'.length);
  const digits = (count: number) => String(count).padStart(4, '0');
  return year > 0 ? `${digits(year)}${rest}` : `${digits(1 - year)}${rest} BC`;
}
