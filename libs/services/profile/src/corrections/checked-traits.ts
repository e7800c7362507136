import { isObject } from '@sestante/contracts';
import { Problem } from '@sestante/runtime';

export const traitLimits = { traits: 50, nameLength: 100, valueLength: 2_000, depth: 4 } as const;

const aName = /^(?=.*\S)[^\p{Cc}\p{Cs}]+$/u;

/** The corrected traits by name; null removes one. Throws 400 with the first fault. */
export function checkedTraits(body: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(body)) throw badTraits('The body must be an object with the traits by their names.');
  const traits = Object.entries(body);
  if (traits.length > traitLimits.traits)
    throw badTraits(`A request corrects at most ${traitLimits.traits} traits, got ${traits.length}.`);
  for (const [name, value] of traits) {
    if (name.length > traitLimits.nameLength || !aName.test(name))
      throw badTraits(
        `The name of a trait must have 1 to ${traitLimits.nameLength} characters, none of them a control character.`,
      );
    const fault = faultOf(value);
    if (fault) throw badTraits(`\`${name}\` ${fault}.`);
  }
  return body;
}

const badTraits = (detail: string) => new Problem(400, 'bad-traits', detail);

function faultOf(value: unknown): string | undefined {
  const json = JSON.stringify(value);
  if (json.length > traitLimits.valueLength) return `must have at most ${traitLimits.valueLength} characters as JSON`;
  if (depthOf(value) > traitLimits.depth) return `must not be nested more than ${traitLimits.depth} levels deep`;
  // JSON escapes a NUL character and half of a surrogate pair, which cannot be stored.
  return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(json) ? 'has a character that cannot be stored' : undefined;
}

/** 1 for a single value or an empty object. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
