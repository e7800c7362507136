import type { TrackingEvent } from './tracking-event.ts';

/** The categories of a consent platform, as Segment's SDKs tell them: `context.consent.categoryPreferences`. */
export function consentPreferences({ context }: TrackingEvent): object {
  const { categoryPreferences } = (context?.['consent'] ?? {}) as { categoryPreferences?: unknown };
  const isObject = typeof categoryPreferences === 'object' && !Array.isArray(categoryPreferences);
  return (isObject && categoryPreferences) || {};
}
