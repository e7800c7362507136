import { randomUUID } from 'node:crypto';
import { type ActivityReceived, checkActivity } from '@sestante/contracts';
import type { Source } from '../sources/source.ts';
import { activityIdOf } from './activity-id.ts';
import { activityName } from './activity-name.ts';
import { activityTime, type Reception } from './activity-time.ts';
import { beginningOf } from './beginning-of.ts';
import { channelOf } from './channel.ts';
import { clean } from './clean.ts';
import { consentPreferences } from './consent-preferences.ts';
import { identifiersOf, isMereClaim, namedIn, unclearIdOf } from './identifiers.ts';
import { inspect } from './inspect.ts';
import { deepestLevel, largestEventBytes, longestMessageId, longestName } from './limits.ts';
import { hintAtId } from './misplaced-id.ts';
import { readTrackingEvent, type TrackingEvent } from './tracking-event.ts';

/** Why an event cannot be used. */
export interface Rejection {
  readonly code: string;
  readonly reason: string;
  readonly messageId: string | undefined;
}

export type Verdict =
  | { readonly kind: 'accepted'; readonly activity: ActivityReceived }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Judges one event of a source by itself: an activity that can be used, or the reason why not. */
export function judge(value: unknown, source: Source, reception: Reception): Verdict {
  const reject = (code: string, reason: string) => rejected(value, code, reason);

  const { isTooDeep, needsCleaning, mostBytes } = inspect(value);
  if (isTooDeep) return reject('too-deep', `the event nests deeper than ${deepestLevel} levels`);
  const cleaned = needsCleaning ? clean(value) : value;
  if (mostBytes > largestEventBytes && Buffer.byteLength(JSON.stringify(cleaned)) > largestEventBytes)
    return reject('too-large', `the event is larger than ${largestEventBytes} bytes`);
  const event = readTrackingEvent(cleaned);
  if (typeof event === 'string') return reject('invalid-shape', event);
  const named = namedIn(value as TrackingEvent);
  const unclear = unclearIdOf((value as TrackingEvent).messageId, named);
  if (unclear)
    return reject(
      'identifier-unclear',
      `${unclear} is a number beyond 2^53, or has a NUL or half a surrogate pair in it: send it as a text that is kept as it is`,
    );
  const name = activityName(event);
  if (!name) return reject('name-missing', 'a track event needs the name of what happened in `event`');
  if (name.length > longestName) return reject('name-too-long', `the name is longer than ${longestName} characters`);
  const identifiers = identifiersOf(named, source.claims);
  if (identifiers.length === 0)
    return reject(
      'identifier-missing',
      `nobody is named: userId, anonymousId, or another identifier of at most 256 characters that is not a word for nothing${hintAtId(value as TrackingEvent)}`,
    );
  if (identifiers.every(isMereClaim))
    return reject('identifier-weak', `this key cannot vouch for ${identifiers[0]!.kind}: name an anonymousId, too`);
  const time = activityTime(event, reception);
  if ('code' in time) return reject(time.code, time.reason);
  const checked = checkActivity(name, propertiesOf(event, name));
  if ('code' in checked) return reject(checked.code, checked.reason);
  const about = { name, identifiers, timestamp: time.at.toISOString(), receivedAt: reception.receivedAt.toISOString() };
  const own = fromSource(event, source, reception.messageId);
  return { kind: 'accepted', activity: { ...about, ...own, properties: checked.properties } };
}

/** The verdict that an event cannot be used. */
export function rejected(value: unknown, code: string, reason: string): Verdict {
  return { kind: 'rejected', rejection: { code, reason, messageId: messageIdOf(value) } };
}

function fromSource(event: TrackingEvent, source: Source, fallbackId: string = randomUUID()) {
  const messageId = String(event.messageId ?? '') || fallbackId;
  return {
    activityId: activityIdOf(source.id, messageId),
    source: source.id,
    messageId,
    type: event.type,
    channel: channelOf(event) ?? source.channel,
    traits: event.type === 'group' ? {} : (event.traits ?? {}),
  };
}

/**
 * What page, screen and group events say beside their properties stands among them, the traits of a group (they are not the person's), and
 * what a consent platform says of a consent.
 */
function propertiesOf(event: TrackingEvent, activity: string): Record<string, unknown> {
  const { type, properties, name, category, groupId, traits } = event;
  const hasMore = name !== undefined || category !== undefined || groupId !== undefined;
  if (type !== 'group' && activity !== 'consent.updated' && !hasMore) return properties ?? {};
  const beside = { name, category, group_id: groupId };
  const given = Object.entries(beside).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const consented = activity === 'consent.updated' ? consentPreferences(event) : {};
  return { ...Object.fromEntries(given), ...consented, ...(type === 'group' ? traits : {}), ...properties };
}

function messageIdOf(value: unknown): string | undefined {
  const { messageId } = (value ?? {}) as { messageId?: unknown };
  const isText = typeof messageId === 'string' || typeof messageId === 'number';
  return isText ? beginningOf(String(messageId), longestMessageId) : undefined;
}
