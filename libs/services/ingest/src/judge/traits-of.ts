import type { TrackingEvent } from './tracking-event.ts';

const none: Readonly<Record<string, unknown>> = {};

/**
 * The traits of the person that an event tells. RudderStack's SDK for browsers has those of an `identify` in the context alone; those of other events
 * there are what the SDK remembers, and tell nothing new.
 */
export function traitsOf(event: TrackingEvent): Readonly<Record<string, unknown>> {
  if (event.type === 'group') return none;
  const inContext = event.type === 'identify' && !mixesGroup(event) ? event.context?.['traits'] : undefined;
  if (typeof inContext !== 'object' || inContext === null || Array.isArray(inContext)) return event.traits ?? none;
  return event.traits ? { ...inContext, ...event.traits } : (inContext as Readonly<Record<string, unknown>>);
}

/** Once it knows a group, Jitsu's SDK writes the group's traits among those of the person. */
export function mixesGroup({ context, groupId }: TrackingEvent): boolean {
  const { name } = (context?.['library'] ?? {}) as { name?: unknown };
  return Boolean(groupId) && name === '@jitsu/js';
}
