import { isObject } from '@sestante/contracts';
import type { Saying } from './consent/read-consents.ts';
import { traitsOf } from './traits-of.ts';
import type { TrackingEvent } from './tracking-event.ts';

/** What an event says of its activity: its properties and what stands beside them, and all that may hold a word on consent. */
export function sayingOf(event: TrackingEvent, activity: string): Saying {
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

/** What page, screen and group events say beside their properties stands among them, and the traits of a group: they are not the person's. */
function ownProperties({ type, properties, name, category, groupId, traits }: TrackingEvent): Record<string, unknown> {
  const hasMore = name !== undefined || category !== undefined || groupId !== undefined;
  if (type !== 'group' && !hasMore) return properties ?? {};
  const beside = { name, category, group_id: groupId };
  const given = Object.entries(beside).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { ...Object.fromEntries(given), ...(type === 'group' ? traits : {}), ...properties };
}

/** The categories of a consent platform, as Segment's SDKs tell them: `context.consent.categoryPreferences`. */
function categoriesOf({ context }: TrackingEvent): Saying['categories'] {
  const { categoryPreferences } = (context?.['consent'] ?? {}) as { categoryPreferences?: unknown };
  return isObject(categoryPreferences) ? (categoryPreferences as Saying['categories']) : undefined;
}
