import { type AttributeName, type Attributes, happenedAt } from '@sestante/contracts';
import type { AttributeField, LatestValues, StandingEntry } from '../standing-entries.ts';
import type { TimelineEntry } from '../store/new-activities.ts';
import { readAttributes } from './read-attributes.ts';

export const attributeField = (name: AttributeName): AttributeField => `attributes.${name}`;

/** The attributes that an activity sets by its traits, as values that are kept beside the standing; empty for most activities. `null`, as JSON, removes one. */
export function attributeEntriesOf(entry: TimelineEntry): readonly StandingEntry[] {
  const { memberId, traits } = entry;
  if (Object.keys(traits).length === 0) return none;
  const setAt = happenedAt(entry);
  return readAttributes(traits).map(([name, value]) => ({
    memberId,
    field: attributeField(name),
    value: JSON.stringify(value),
    setAt,
  }));
}

const none: readonly StandingEntry[] = [];

/** The attributes of a customer that may leave the service; undefined if there are none. */
export function attributesOf(latest: LatestValues, names: readonly AttributeName[]): Attributes | undefined {
  const attributes = names.flatMap((name) => {
    const value = latest.get(attributeField(name))?.value;
    return value === undefined || value === 'null' ? [] : [[name, JSON.parse(value) as unknown] as const];
  });
  return attributes.length > 0 ? (Object.fromEntries(attributes) as Attributes) : undefined;
}
