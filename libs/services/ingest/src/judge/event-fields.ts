import { isObject } from '@sestante/contracts';
import type { EventFields } from './consent/read-consents.ts';
import { traitsOf } from './traits-of.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** The properties of an event, and its other fields that may contain a consent. */
export function eventFieldsOf(event: TrackingEvent, activity: string): EventFields {
  const categories = activity === 'consent.updated' ? categoriesOf(event) : undefined;
  const { offers, personalisation } = event as { offers?: unknown; personalisation?: unknown };
  const isBeside = offers !== undefined || personalisation !== undefined;
  const traits = traitsOf(event);
  return {
    properties: ownProperties(event),
    categories,
    traits: isBeside ? { ...traits, offers, personalisation } : traits,
  };
}

/** The properties, with the top-level fields of page, screen and group events. The traits of a group are properties: they are not of the person. */
function ownProperties({ type, properties, name, category, groupId, traits }: TrackingEvent): Record<string, unknown> {
  const hasMore = name !== undefined || category !== undefined || groupId !== undefined;
  if (type !== 'group' && !hasMore) return properties ?? {};
  const beside = { name, category, group_id: groupId };
  const given = Object.entries(beside).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { ...Object.fromEntries(given), ...(type === 'group' ? traits : {}), ...properties };
}

/** The categories of a consent platform, as Segment's SDKs send them: `context.consent.categoryPreferences`. */
function categoriesOf({ context }: TrackingEvent): EventFields['categories'] {
  const { categoryPreferences } = (context?.['consent'] ?? {}) as { categoryPreferences?: unknown };
  return isObject(categoryPreferences) ? (categoryPreferences as EventFields['categories']) : undefined;
}
