import type { Properties } from '@sestante/engagement';

/** The longest text that a model can read, in characters. Longer ones are free text: nothing a rule compares. */
export const longestText = 200;
const deepest = 5;

/**
 * The part of an activity's properties that a model can read, and that is kept: numbers, truth values, texts of at most 200 characters, objects down to the
 * fifth level, and `{count}` of each array. Activities are scored by it too, so that they give the same signals whenever they are read again.
 */
export function compact(properties: Properties, depth = 1): Properties {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(properties)) {
    const value = compactValue(properties[name], depth);
    if (value !== undefined && name !== '__proto__') kept[name] = value;
  }
  return kept;
}

function compactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length <= longestText ? value : undefined;
  if (typeof value !== 'object') return value;
  if (value === null) return undefined;
  if (Array.isArray(value)) return { count: value.length };
  return depth < deepest ? compact(value as Properties, depth + 1) : undefined;
}
