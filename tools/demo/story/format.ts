/** `28 September` */
export function dayOf(at: number | string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });
}

/** `today, 10:42` or `28 September`. */
export function whenOf(at: number | string, now: number): string {
  const date = new Date(at);
  if (date.toDateString() !== new Date(now).toDateString()) return dayOf(at);
  return `today, ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}

/** Replaces separators by spaces: `promise.broken` becomes `promise broken`. */
export const spaced = (name: string) => name.replaceAll(/[._:-]+/g, ' ').trim();
