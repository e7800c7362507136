/** In characters. A shorter value may also be a price, a number of an order, or a word. */
export const shortestUnmistakable = 8;
/** A value with fewer digits may be a word, such as the name of a field or of a topic. */
const fewestDigits = 2;

/** Whether an identifier can be nothing else, wherever it stands: no word, number of something, date, or id that others have, too. */
export function isUnmistakable(value: string): boolean {
  if (value.includes('@')) return true;
  const digits = value.replaceAll(/\D/g, '').length;
  return value.length >= shortestUnmistakable && digits >= fewestDigits && !isInstant(value);
}

/** A part of an instant, or of an id that consists of zeros and dashes. */
const isInstant = (value: string) => /^[\d:.TZ-]+$/i.test(value) && /[^\d]/.test(value);
