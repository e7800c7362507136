import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type ActivityReceived, checkActivity, type Violation, vocabulary } from '@sestante/contracts';
import type { Source } from '../types/source.ts';
import { activityIdOf } from './activity-id.ts';
import { activityName, inferName } from './activity-name.ts';
import { beginningOf } from './beginning-of.ts';
import { channelOf } from './channel.ts';
import { clean } from './clean.ts';
import { checkSettings } from './consent/check-settings.ts';
import { dateConsent } from './consent/date-consent.ts';
import { readConsents, refuseUnreadable } from './consent/read-consents.ts';
import { type Fault, isFault } from './fault.ts';
import { deviceOf, rawIdentifiersIn, type Vouching } from './who/identifiers.ts';
import { inspect } from './inspect.ts';
import { deepestLevel, largestEventBytes, longestMessageId, longestName } from './limits.ts';
import { readOfferResponse } from './read-offer-response.ts';
import { eventFieldsOf } from './event-fields.ts';
import { detectReturn } from './detect-return.ts';
import { type ReadIdentifiers, readIdentifiers } from './who/read-identifiers.ts';
import { whoseWord } from './who/whose-word.ts';
import { type ActivityTime, activityTime, type Reception } from './time/activity-time.ts';
import { readTrackingEvent, type TrackingEvent } from './tracking-event.ts';
import { traitsOf } from './traits-of.ts';

/** Why an event cannot be used. */
export interface Rejection {
  readonly code: string;
  readonly reason: string;
  readonly messageId: string | undefined;
}

/** An event that can be used, with its violations. With any violation, it is incomplete. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly activity: ActivityReceived;
  readonly violations: readonly Violation[];
}

export type Verdict = Accepted | { readonly kind: 'rejected'; readonly rejection: Rejection };

/**
 * Judges one event of a source, independently of other events. An event without an identifier or a usable time is rejected, and so is an incomplete
 * event of a strict source.
 */
export function judge(value: unknown, source: Source & Vouching, reception: Reception): Verdict {
  const { isTooDeep, needsCleaning, mostBytes } = inspect(value);
  if (isTooDeep) return rejected(value, 'too-deep', `the event is nested more than ${deepestLevel} levels deep`);
  const cleaned = needsCleaning ? clean(value) : value;
  if (mostBytes > largestEventBytes && Buffer.byteLength(JSON.stringify(cleaned)) > largestEventBytes)
    return rejected(value, 'too-large', `the event is larger than ${largestEventBytes} bytes`);
  const event = readTrackingEvent(cleaned);
  if (typeof event === 'string') return rejected(value, 'invalid-shape', event);

  const name = activityName(event) ?? '';
  // The original values: cleaning may remove the only difference between the ids of two persons.
  const who = readIdentifiers(value as TrackingEvent, rawIdentifiersIn(value as TrackingEvent), source);
  const device = `${source.id}/${deviceOf(event)}`;
  const time = activityTime(event, { reception, timeZone: source.timeZone, device });
  const faults = [nameFault(name), who, time].filter(isFault);
  if (faults.length > 0) return rejectedFor(value, faults);

  const activityRead = readActivity(event, name, { time: time as ActivityTime, source });
  if (isFault(activityRead)) return rejectedFor(value, [activityRead]);
  const { violations, ...read } = activityRead;
  const { channel, violations: ofChannel } = channelOf(event);
  const { identifiers, violations: ofWho } = who as ReadIdentifiers;
  const { violations: ofWord, ...word } = whoseWord(source, reception.token);
  const ofContent = joined([reception.found ?? none, ofWho, violations, ofChannel]);
  const all = joined([ofContent, ofWord]);
  if (source.isStrict && all.length > 0) return rejectedFor(value, all);
  const activity = {
    ...read,
    identifiers: [...identifiers],
    receivedAt: reception.receivedAt.toISOString(),
    ...(reception.sequence ? { sequence: reception.sequence } : {}),
    ...fromSource(event, source, reception.messageId),
    channel: channel ?? source.channel,
    ...word,
    ...(all.length > 0 ? { violations: all.map(({ reason: _, ...violation }) => violation) } : {}),
  };
  return {
    kind: 'accepted',
    activity: { ...activity, contentHash: contentHashOf(activity, event, ofContent) },
    violations: all,
  };
}

/** The verdict on an event that cannot be used. */
export function rejected(value: unknown, code: string, reason: string): Verdict {
  return { kind: 'rejected', rejection: { code, reason, messageId: messageIdOf(value) } };
}

/** A rejection with the reasons of all faults and the code of the first. */
function rejectedFor(value: unknown, faults: readonly Fault[]): Verdict {
  return rejected(value, faults[0]!.code, faults.map(({ reason }) => reason).join('; '));
}

interface ReadActivity extends Pick<ActivityReceived, 'name' | 'timestamp' | 'properties'> {
  readonly violations: readonly Violation[];
}

function nameFault(name: string): Fault | undefined {
  if (name === '')
    return { code: 'name-missing', reason: '`event` is required in a track event: the name of the activity' };
  if (name.length <= longestName) return undefined;
  return { code: 'name-too-long', reason: `the name of the activity has more than ${longestName} characters` };
}

/** The name, time and properties of the activity, with the violations; or the fault that makes it unusable. */
function readActivity(
  event: TrackingEvent,
  givenName: string,
  { time, source }: { readonly time: ActivityTime; readonly source: Source },
): ReadActivity | Fault {
  const fields = eventFieldsOf(event, givenName);
  const inferred = Object.hasOwn(vocabulary, givenName) ? undefined : inferName(givenName, fields.properties);
  const name = inferred?.name ?? givenName;
  const given = readConsents(name, fields, source.consentCategories);
  const sold = detectReturn(name, inferred?.offer ? { ...given.properties, ...inferred.offer } : given.properties);
  const read = refuseUnreadable(checkActivity(sold.name, sold.properties));
  const checked = checkSettings(sold.name, read, source.timeZone);
  const response = readOfferResponse(sold.name, checked.properties);
  if (isFault(response)) return response;
  const dated = dateConsent(sold.name, response.properties, time);
  return {
    name: sold.name,
    timestamp: new Date(dated.at).toISOString(),
    properties: dated.properties,
    violations: joined([
      inferred?.violations ?? none,
      time.violations,
      given.violations,
      sold.violations,
      checked.violations,
      dated.violations,
    ]),
  };
}

const none: readonly Violation[] = [];

/** Concatenates violations. Almost no event has any. */
function joined(parts: readonly (readonly Violation[])[]): readonly Violation[] {
  return parts.every(({ length }) => length === 0) ? none : parts.flat();
}

function fromSource(event: TrackingEvent, source: Source, fallbackId: string | undefined) {
  const messageId = String(event.messageId ?? '') || (fallbackId ?? randomUUID());
  return {
    activityId: activityIdOf(source.id, messageId),
    source: source.id,
    messageId,
    type: event.type,
    traits: traitsOf(event),
  };
}

type Content = Pick<ActivityReceived, 'name' | 'identifiers' | 'channel' | 'properties' | 'traits'>;

/** Equal for events with equal content, no matter when they are sent, and with which token. It includes values that were invalid, as they may be the only difference. */
function contentHashOf(content: Content, event: TrackingEvent, violations: readonly Violation[]): number {
  const { name, identifiers, channel, properties, traits } = content;
  const happened = event.originalTimestamp ?? event.timestamp;
  const unread = violations.length > 0 ? violations.map(({ given }) => given) : undefined;
  return crc32(JSON.stringify([name, identifiers, channel, happened, properties, traits, unread]));
}

function messageIdOf(value: unknown): string | undefined {
  const { messageId } = (value ?? {}) as { messageId?: unknown };
  const isText = typeof messageId === 'string' || typeof messageId === 'number';
  return isText ? beginningOf(String(messageId), longestMessageId) : undefined;
}
