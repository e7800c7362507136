import { addFault, booleanIn, countIn, fieldsOf, isGiven, isObject, type JsonNode, textIn } from '@sestante/rules';
import type { Activity } from '../activity.ts';
import type { Properties } from '../activity.ts';
import { type Property, propertyIn } from './property.ts';

/** Reads the key of the matter that an activity tells about; undefined if it has none. */
export type MatterReader = (activity: Activity) => string | undefined;

/** How a rule reads and counts its matters. */
export interface Matters {
  readonly kind: 'once' | 'again';
  readonly keyOf: MatterReader;
  /** Whether rules share the matters: without a name, each rule has its own. */
  readonly isShared: boolean;
  readonly inOtherChannel: boolean;
}

/** The longest key, in code units. */
export const longestKey = 100;

const longestMatter = 40;
const mostMinutes = 525_600;
const minuteMs = 60_000;

/** Compiles an `OncePerDocument`. `group` is what its matters are called without a name. */
export function oncePerIn(node: JsonNode, group: string): Matters {
  const fields = fieldsOf(node, ['property', 'minutes', 'matter']);
  const hasWindow = isGiven(fields.minutes);
  const property = isGiven(fields.property) ? propertyIn(fields.property) : undefined;
  const minutes = hasWindow ? countIn(fields.minutes, mostMinutes) : undefined;
  const isShared = isGiven(fields.matter);
  if (isObject(node.value) && property === undefined && minutes === undefined) {
    addFault(node, 'must have property, minutes or both');
  }
  const name = isShared ? textIn(fields.matter, longestMatter) : `${group}/${nameOf(fields.property, minutes)}`;
  return { kind: 'once', keyOf: keyReader(name, { property, minutes }), isShared, inOtherChannel: false };
}

/** Compiles an `AgainDocument`. */
export function againIn(node: JsonNode, group: string): Matters {
  const fields = fieldsOf(node, ['property', 'matter', 'inOtherChannel']);
  const property = propertyIn(fields.property);
  const isShared = isGiven(fields.matter);
  const name = isShared ? textIn(fields.matter, longestMatter) : `${group}/${nameOf(fields.property, undefined)}`;
  const inOtherChannel = isGiven(fields.inOtherChannel) && booleanIn(fields.inOtherChannel);
  return { kind: 'again', keyOf: keyReader(name, { property, minutes: undefined }), isShared, inOtherChannel };
}

function nameOf({ value }: JsonNode, minutes: number | undefined): string {
  const window = minutes === undefined ? [] : [`${minutes}m`];
  return [...(typeof value === 'string' ? [value] : []), ...window].join('/');
}

interface Parts {
  readonly property: Property | undefined;
  readonly minutes: number | undefined;
}

function keyReader(name: string, { property, minutes }: Parts): MatterReader {
  return ({ properties, at }) => {
    const value = property === undefined ? '' : idOf(property, properties);
    if (value === undefined) return undefined;
    const window = minutes === undefined ? '' : `@${Math.floor(at / (minutes * minuteMs))}`;
    return shortened(`${name}:${value}${window}`);
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
