import { isObject } from '@sestante/contracts';
import { type ReadConsents, readConsents } from './consent/read-consents.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** What an event says of its activity: its properties and what stands beside them, with the word on offers that is said in other ways. */
export function propertiesOf(event: TrackingEvent, activity: string): ReadConsents {
  const categories = activity === 'consent.updated' ? categoriesOf(event) : undefined;
  const own = ownProperties(event);
  const properties = categories ? { ...categories, ...own } : own;
  const traits = event.type === 'identify' ? (event.traits ?? {}) : {};
  const read = readConsents(activity, properties, traits);
  // A consent platform tells all its categories; it need not have one for offers.
  const isOfPlatform = categories !== undefined && read.properties === properties;
  return isOfPlatform ? { properties, violations: [] } : read;
}

/** What page, screen and group events say beside their properties stands among them, and the traits of a group: they are not the person's. */
function ownProperties({ type, properties, name, category, groupId, traits }: TrackingEvent): Record<string, unknown> {
  const hasMore = name !== undefined || category !== undefined || groupId !== undefined;
  if (type !== 'group' && !hasMore) return properties ?? {};
  const beside = { name, category, group_id: groupId };
  const given = Object.entries(beside).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { ...Object.fromEntries(given), ...(type === 'group' ? traits : {}), ...properties };
}

/** The categories of a consent platform, as Segment's SDKs tell them: `context.consent.categoryPreferences`. */
function categoriesOf({ context }: TrackingEvent): object | undefined {
  const { categoryPreferences } = (context?.['consent'] ?? {}) as { categoryPreferences?: unknown };
  return isObject(categoryPreferences) ? categoryPreferences : undefined;
}
