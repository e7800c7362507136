import { addFault, countIn, fieldsOf, isGiven, isObject, type JsonNode, textIn } from '@sestante/rules';
import type { Activity, Properties } from '../activity.ts';
import { type Property, propertyIn } from './property.ts';

/** Reads the key of the matter that an activity tells about; undefined if it has none. */
export type MatterReader = (activity: Activity) => string | undefined;

/** How a rule reads its matters. */
export interface Matters {
  readonly kind: 'once' | 'again';
  readonly keyOf: MatterReader;
  /** What the matters of an activity have in common, by its name: matters of different groups are different. */
  readonly groupOf: (activity: string) => string;
  readonly inOtherChannel: boolean;
  readonly readsProperty: boolean;
}

/** The longest key, in code units. */
export const longestKey = 100;

const longestMatter = 40;
const mostMinutes = 525_600;
const minuteMs = 60_000;

/** Compiles an `OncePerDocument`. Without a name, the matters are those of an activity and a property or a length of time. */
export function oncePerIn(node: JsonNode): Matters {
  const fields = fieldsOf(node, ['property', 'minutes', 'matter']);
  const property = isGiven(fields.property) ? propertyIn(fields.property) : undefined;
  const minutes = isGiven(fields.minutes) ? countIn(fields.minutes, mostMinutes) : undefined;
  if (isObject(node.value) && !isGiven(fields.property) && !isGiven(fields.minutes)) {
    addFault(node, 'must have property, minutes or both');
  }
  const path = String(fields.property.value ?? '');
  const by = minutes === undefined ? path : `${path}${minutes}m`;
  const groupOf = groupReader(matterIn(fields.matter), by);
  const keyOf = keyReader(groupOf, { property, minutes });
  return { kind: 'once', groupOf, keyOf, inOtherChannel: false, readsProperty: property !== undefined };
}

/** Compiles an `AgainDocument`. */
export function againIn(node: JsonNode): Matters {
  const fields = fieldsOf(node, ['property', 'matter', 'inOtherChannel']);
  const property = propertyIn(fields.property);
  if (isGiven(fields.inOtherChannel) && fields.inOtherChannel.value !== true) {
    addFault(fields.inOtherChannel, 'must be true or absent');
  }
  const by = `${String(fields.property.value)} again`;
  const matter = matterIn(fields.matter);
  const groupOf = groupReader(matter && `${matter} again`, by);
  const keyOf = keyReader(groupOf, { property, minutes: undefined });
  return { kind: 'again', groupOf, keyOf, inOtherChannel: isGiven(fields.inOtherChannel), readsProperty: true };
}

function matterIn(node: JsonNode): string | undefined {
  return isGiven(node) ? textIn(node, longestMatter) : undefined;
}

/** Without a name for the matters, `by` tells those of one activity apart. */
function groupReader(matter: string | undefined, by: string): Matters['groupOf'] {
  return (activity) => matter ?? `${activity}/${by}`;
}

interface Parts {
  readonly property: Property | undefined;
  readonly minutes: number | undefined;
}

function keyReader(groupOf: Matters['groupOf'], { property, minutes }: Parts): MatterReader {
  return ({ name, properties, at }) => {
    const value = property === undefined ? '' : idOf(property, properties);
    if (value === undefined) return undefined;
    const window = minutes === undefined ? '' : `@${Math.floor(at / (minutes * minuteMs))}`;
    return shortened(`${groupOf(name)}:${value}${window}`);
  };
}

/** An id is a string that is not blank, or a number. Some systems send the same id as a string, others as a number. */
function idOf(property: Property, properties: Properties): string | undefined {
  const value = property(properties);
  if (typeof value === 'string') return value.trim() || undefined;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** Cuts a key that is too long, and ends it with a hash of all of it. */
function shortened(key: string): string {
  if (key.length <= longestKey) return key;
  const hash = `~${hashOf(key, 0x811c9dc5)}${hashOf(key, 0x01000193)}`;
  return key.slice(0, longestKey - hash.length).toWellFormed() + hash;
}

/** FNV-1a of the code units, 32 bits, as 8 hexadecimal digits. */
function hashOf(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
