import { textIn } from './leaf.ts';
import { entriesOf, fault, type Place } from './place.ts';

const name = /^[a-z][a-z0-9]*([-._][a-z0-9]+)*$/;
const activity = /^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/;
const longestName = 128;
const placeholder = /\{[^{}]*\}/g;

/** The name here: lower-case words with hyphens, for example `next-order-discount`. */
export function nameIn(place: Place): string {
  return matching(place, name, `must be lower-case words with hyphens, at most ${longestName} characters`);
}

/** The name of an activity here: lower-case `object.action`. */
export function activityIn(place: Place): string {
  return matching(place, activity, `must be a lower-case object.action, at most ${longestName} characters`);
}

/** The reason here: it must show its cause in the customer's own history, and nothing in braces may be left unfilled. */
export function reasonIn(place: Place): string {
  const text = textIn(place, 500);
  const found: readonly string[] = text.match(placeholder) ?? [];
  const unknown = found.find((one) => one !== '{activity}' && one !== '{element}');
  if (unknown !== undefined) fault(place, `has ${unknown}, which is neither {activity} nor {element}`);
  if (text !== '' && !found.includes('{activity}')) fault(place, 'must contain {activity}');
  return text;
}

/** The words here: a text for some of the activities. */
export function wordsIn(place: Place, activities: readonly string[]): Record<string, string> {
  const entries = entriesOf(place) ?? [];
  for (const [activity, inside] of entries) {
    if (!activities.includes(activity)) fault(inside, 'is not an activity of the trigger');
  }
  return Object.fromEntries(entries.map(([activity, inside]) => [activity, textIn(inside, 200)]));
}

function matching(place: Place, pattern: RegExp, otherwise: string): string {
  const { value } = place;
  if (typeof value === 'string' && value.length <= longestName && pattern.test(value)) return value;
  fault(place, otherwise);
  return '';
}
