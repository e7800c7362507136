import { randomUUID } from 'node:crypto';
import type { ActivityReceived } from '@sestante/contracts';
import { type Accepted, judge, type Rejection } from '../src/judge/judge.ts';
import type { Reception } from '../src/judge/time/activity-time.ts';
import { claimableKinds, type Source } from '../src/types/source.ts';

/** When everything is received, unless a test says otherwise. */
export const noon = new Date('2026-11-20T12:00:00.000Z');
/** An instant so many milliseconds from noon, as SDKs write it. */
export const fromNoon = (ms: number): string => new Date(noon.getTime() + ms).toISOString();

export const hour = 3_600_000;
export const day = 24 * hour;

export const webShop: Source = {
  id: '0199c0de-0000-7000-8000-00000000a001',
  name: 'web-shop',
  channel: 'web',
  claims: claimableKinds,
  timeZone: null,
  isStrict: false,
};

/** Ada completes an order: what an SDK sends for it. Fields may be given wrong on purpose, or left out as undefined. */
export function anEvent(over: object = {}): Record<string, unknown> {
  const order = { event: 'Order Completed', properties: { order_id: 'o-1' } };
  const event = { type: 'track', messageId: 'message-1', userId: 'ada', ...order, ...over };
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}

/** The same, of an order that no other event has told. */
export function anotherEvent(over: object = {}): Record<string, unknown> {
  return anEvent({ messageId: randomUUID(), properties: { order_id: randomUUID() }, ...over });
}

/** Ada has a gift wrapped: a custom activity, of which anything may be said. */
export const aCustomEvent = (properties: unknown) => anEvent({ event: 'Gift Wrapped', properties });

/** The event as it is accepted. Throws, with the reason, where it is rejected. */
export function acceptedOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): Accepted {
  const verdict = judge(event, source, { receivedAt: noon, ...reception });
  if (verdict.kind === 'rejected') throw new Error(`${verdict.rejection.code}: ${verdict.rejection.reason}`);
  return verdict;
}

/** The activity that the event becomes. Throws, with the reason, where it is rejected. */
export function activityOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): ActivityReceived {
  return acceptedOf(event, reception, source).activity;
}

/** What is wrong with an event that is accepted: the code and the field of each violation. */
export function violationsOf(event: unknown, reception: Partial<Reception> = {}, source = webShop): string[] {
  return acceptedOf(event, reception, source).violations.map(({ code, field }) => `${code} ${field}`);
}

/** Why the event is rejected; undefined where it is accepted. */
export function rejectionOf(
  event: unknown,
  reception: Partial<Reception> = {},
  source = webShop,
): Rejection | undefined {
  const verdict = judge(event, source, { receivedAt: noon, ...reception });
  return verdict.kind === 'rejected' ? verdict.rejection : undefined;
}

/** An event that is exactly so many bytes long as JSON. */
export function anEventOfBytes(bytes: number): Record<string, unknown> {
  const frame = JSON.stringify(aCustomEvent({ note: '' })).length;
  return aCustomEvent({ note: 'x'.repeat(bytes - frame) });
}

/** An event that nests so many levels deep, itself included. */
export function anEventOfDepth(levels: number, innermost: unknown = 'here'): Record<string, unknown> {
  let properties: unknown = { innermost };
  for (let level = 2; level < levels; level++) properties = { inside: properties };
  return aCustomEvent(properties);
}
