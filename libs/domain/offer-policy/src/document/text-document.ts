import { addFault, entriesOf, type JsonNode, textIn } from '@sestante/rules';

const name = /^[a-z][a-z0-9]*([-._][a-z0-9]+)*$/;
const activity = /^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/;
const longestName = 128;
const placeholder = /\{[^{}]*\}/g;

/** Reads a template name: lower-case words with hyphens, for example `next-order-discount`. */
export function nameIn(node: JsonNode): string {
  return matching(node, name, `must be lower-case words with hyphens, at most ${longestName} characters`);
}

/** Reads the name of an activity: lower-case `object.action`. */
export function activityIn(node: JsonNode): string {
  return matching(node, activity, `must be a lower-case object.action, at most ${longestName} characters`);
}

/** Reads the reason: it must contain `{activity}`, so that it names the cause, and no unknown placeholder. */
export function reasonIn(node: JsonNode): string {
  const text = textIn(node, 500);
  const found: readonly string[] = text.match(placeholder) ?? [];
  const unknown = found.find((one) => one !== '{activity}' && one !== '{element}');
  if (unknown !== undefined) addFault(node, `has the unknown placeholder ${unknown}: use {activity} or {element}`);
  if (text !== '' && !found.includes('{activity}')) addFault(node, 'must contain {activity}');
  return text;
}

/** Reads the words: a text for some of the activities. */
export function wordsIn(node: JsonNode, activities: readonly string[]): Record<string, string> {
  const entries = entriesOf(node) ?? [];
  for (const [activity, inside] of entries) {
    if (!activities.includes(activity)) addFault(inside, 'is not an activity of the trigger');
  }
  return Object.fromEntries(entries.map(([activity, inside]) => [activity, textIn(inside, 200)]));
}

function matching(node: JsonNode, pattern: RegExp, faultText: string): string {
  const { value } = node;
  if (typeof value === 'string' && value.length <= longestName && pattern.test(value)) return value;
  addFault(node, faultText);
  return '';
}
