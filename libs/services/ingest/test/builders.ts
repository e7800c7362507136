import { randomUUID } from 'node:crypto';
import type { ActivityReceived } from '@sestante/contracts';
import { type Accepted, judge, type Rejection } from '../src/judge/judge.ts';
import type { Reception } from '../src/judge/time/activity-time.ts';
import type { Vouching } from '../src/judge/who/identifiers.ts';
import { claimableKinds, type Source } from '../src/types/source.ts';

/** The default time of reception. */
export const noon = new Date('2026-11-20T12:00:00.000Z');
/** An instant this many milliseconds from noon, in the format of SDKs. */
export const fromNoon = (ms: number): string => new Date(noon.getTime() + ms).toISOString();

export const hour = 3_600_000;
export const day = 24 * hour;

export const webShop: Source & Vouching = {
  id: '0199c0de-0000-7000-8000-00000000a001',
  name: 'web-shop',
  channel: 'web',
  claims: claimableKinds,
  timeZone: null,
  country: null,
  consentCategories: {},
  isStrict: false,
  pagesMayLink: false,
  keyKind: 'secret',
};

/** Ada completes an order, as an event of an SDK. Fields may be invalid on purpose, or undefined to remove them. */
export function anEvent(over: object = {}): Record<string, unknown> {
  const order = { event: 'Order Completed', properties: { order_id: 'o-1' } };
  const event = { type: 'track', messageId: 'message-1', userId: 'ada', ...order, ...over };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/** The same, with a unique order id. */
export function anotherEvent(over: object = {}): Record<string, unknown> {
  return anEvent({ messageId: randomUUID(), properties: { order_id: randomUUID() }, ...over });
}

/** Ada has a gift wrapped: a custom activity with any properties. */
export const aCustomEvent = (properties: unknown) => anEvent({ event: 'Gift Wrapped', properties });

/** The verdict on an accepted event. Throws with the reason if it is rejected. */
export function acceptedOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): Accepted {
  const verdict = judge(event, source, { receivedAt: noon, ...reception });
  if (verdict.kind === 'rejected') throw new Error(`${verdict.rejection.code}: ${verdict.rejection.reason}`);
  return verdict;
}

/** The activity of the event. Throws with the reason if it is rejected. */
export function activityOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): ActivityReceived {
  return acceptedOf(event, reception, source).activity;
}

/** The violations of an accepted event: code and field. */
export function violationsOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): string[] {
  return acceptedOf(event, reception, source).violations.map(({ code, field }) => `${code} ${field}`);
}

/** The rejection of the event; undefined if it is accepted. */
export function rejectionOf(
  event: unknown,
  reception: Partial<Reception> = {},
  source = webShop,
): Rejection | undefined {
  const verdict = judge(event, source, { receivedAt: noon, ...reception });
  return verdict.kind === 'rejected' ? verdict.rejection : undefined;
}

/** An event with exactly this many bytes as JSON. */
export function anEventOfBytes(bytes: number): Record<string, unknown> {
  const frame = JSON.stringify(aCustomEvent({ note: '' })).length;
  return aCustomEvent({ note: 'x'.repeat(bytes - frame) });
}

/** An event that is nested this many levels deep, including itself. */
export function anEventOfDepth(levels: number, innermost: unknown = 'here'): Record<string, unknown> {
  let properties: unknown = { innermost };
  for (let level = 2; level < levels; level++) properties = { inside: properties };
  return aCustomEvent(properties);
}
