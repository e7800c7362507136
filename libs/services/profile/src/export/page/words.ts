import { vocabulary } from '@sestante/contracts';

/** What is read from a file of the export: nothing is known about its fields. */
export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (item: unknown): Fields =>
  typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Fields) : {};

const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** `20 November 2026 at 12:00 UTC`; a text that is no instant stays as it is. */
export function instantOf(value: unknown): string {
  const at = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
  return Number.isNaN(at.getTime()) ? textOf(value) : `${instant.format(at)} UTC`;
}

/** `order.completed` as `Order Completed`. */
export function activityOf(name: unknown): string {
  const text = textOf(name);
  return (Object.hasOwn(vocabulary, text) && vocabulary[text]?.titles[0]) || text;
}

/** In code units. */
const longest = 500;

/** A value for people: texts and numbers as they are, no `null`, and JSON for what has parts. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return shortened(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);

/** `order_id: o-1, revenue: 40`. */
export function detailsOf(properties: unknown): string {
  return shortened(
    Object.entries(fieldsOf(properties))
      .map(([name, value]) => `${name}: ${textOf(value)}`)
      .join(', '),
  );
}

const words: Readonly<Record<string, string>> = {
  user_id: 'account',
  loyalty_card: 'loyalty card',
  email: 'e-mail address',
  phone: 'phone number',
  anonymous_id: 'browser',
  device_id: 'device',
  web: 'web',
  mobile: 'app',
  store: 'store',
  service: 'service',
  other: 'elsewhere',
  offers: 'offers',
  inDifficulty: 'difficulty with a payment',
  openApology: 'we owe you an apology',
  quietHours: 'quiet hours',
  timeZone: 'time zone',
  pausedUntil: 'no offers until',
  budget: 'most offers',
  'no-deal': 'no offer',
};

/** A word of the data in the words of people. */
export const wordOf = (value: unknown) => words[textOf(value)] ?? textOf(value);

/** A consent or a setting: a word, or JSON such as `"it"` and `{"from":22,"to":7}`, without its punctuation. */
export function settingOf(value: unknown): string {
  const text = textOf(value);
  if (!/^["{[]/.test(text)) return wordOf(value);
  try {
    const setting: unknown = JSON.parse(text);
    if (Array.isArray(setting)) return setting.map(textOf).join(', ');
    return typeof setting === 'object' ? detailsOf(setting) : textOf(setting);
  } catch {
    return text;
  }
}
