import type { ConsentSubject } from '@sestante/contracts';
import type { ConsentCategories } from '../../types/source.ts';
import { isBlank } from '../is-blank.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a field of an event says about a consent. */
export interface ConsentValue {
  readonly field: string;
  readonly word: ConsentSubject;
  readonly value: unknown;
}

/** The consents of mapped categories, and the names of these in the event. */
export interface MappedConsents {
  readonly values: readonly ConsentValue[];
  readonly fields: ReadonlySet<string>;
}

export const noneMapped: MappedConsents = { values: [], fields: new Set() };

/** The consents of the categories that the source maps, in all parts of an event. */
export function mappedIn(parts: readonly Properties[], mapping: ConsentCategories): MappedConsents {
  const subjects = new Map(Object.entries(mapping).map(([category, words]) => [category.toLowerCase(), words]));
  if (subjects.size === 0) return noneMapped;
  const values = parts.flatMap((part) =>
    Object.entries(part).flatMap(([field, value]) => {
      const words = isBlank(value) ? [] : (subjects.get(field.toLowerCase()) ?? []);
      return words.map((word) => ({ field, word, value }));
    }),
  );
  return { values, fields: new Set(values.map(({ field }) => field)) };
}

/** The fields without those categories. */
export function withoutMapped(fields: Properties, { fields: names }: MappedConsents): Properties {
  if (names.size === 0) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}
