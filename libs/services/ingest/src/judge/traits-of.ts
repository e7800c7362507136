import type { TrackingEvent } from './tracking-event.ts';

const none: Readonly<Record<string, unknown>> = {};

/**
 * The traits of the person in an event. RudderStack's browser SDK sends the traits of an `identify` in the context only. In other events, the
 * traits in the context are what the SDK stored before, and add nothing. The locale in the context of an `identify` is a trait, unless the traits have
 * one, or a language.
 */
export function traitsOf(event: TrackingEvent): Readonly<Record<string, unknown>> {
  if (event.type === 'group') return none;
  const traits = ownTraits(event);
  const locale = event.type === 'identify' ? event.context?.['locale'] : undefined;
  if (typeof locale !== 'string' || !isLocale.test(locale) || 'locale' in traits || 'language' in traits) return traits;
  return { ...traits, locale };
}

/** A BCP 47 tag, or a locale of an operating system such as `it_IT`. */
const isLocale = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,4}$/i;

function ownTraits(event: TrackingEvent): Readonly<Record<string, unknown>> {
  const inContext = event.type === 'identify' && !mixesGroup(event) ? event.context?.['traits'] : undefined;
  if (typeof inContext !== 'object' || inContext === null || Array.isArray(inContext)) return event.traits ?? none;
  return event.traits ? { ...inContext, ...event.traits } : (inContext as Readonly<Record<string, unknown>>);
}

/** After a group call, Jitsu's SDK mixes the traits of the group with those of the person. */
export function mixesGroup({ context, groupId }: TrackingEvent): boolean {
  const { name } = (context?.['library'] ?? {}) as { name?: unknown };
  return Boolean(groupId) && name === '@jitsu/js';
}
