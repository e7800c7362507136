import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type ActivityReceived, checkActivity, type Violation, vocabulary } from '@sestante/contracts';
import type { Source } from '../types/source.ts';
import { activityIdOf } from './activity-id.ts';
import { activityName, meantName } from './activity-name.ts';
import { beginningOf } from './beginning-of.ts';
import { channelOf } from './channel.ts';
import { clean } from './clean.ts';
import { dateConsent } from './consent/date-consent.ts';
import { readConsents, unreadableIsNo } from './consent/read-consents.ts';
import { type Fault, isFault } from './fault.ts';
import { deviceOf, namedIn } from './who/identifiers.ts';
import { inspect } from './inspect.ts';
import { deepestLevel, largestEventBytes, longestMessageId, longestName } from './limits.ts';
import { offerAnswered } from './offer-answered.ts';
import { sayingOf } from './properties-of.ts';
import { unlessReturned } from './unless-returned.ts';
import { type ReadIdentifiers, readIdentifiers } from './who/read-identifiers.ts';
import { type ActivityTime, activityTime, type Reception } from './time/activity-time.ts';
import { readTrackingEvent, type TrackingEvent } from './tracking-event.ts';
import { traitsOf } from './traits-of.ts';

/** Why an event cannot be used. */
export interface Rejection {
  readonly code: string;
  readonly reason: string;
  readonly messageId: string | undefined;
}

/** An event that can be used, and all that is wrong with it: with anything, it is incomplete. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly activity: ActivityReceived;
  readonly violations: readonly Violation[];
}

export type Verdict = Accepted | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Judges one event of a source by itself. What a strict source sends with anything wrong is rejected, as what cannot be attributed or placed in time. */
export function judge(value: unknown, source: Source, reception: Reception): Verdict {
  const { isTooDeep, needsCleaning, mostBytes } = inspect(value);
  if (isTooDeep) return rejected(value, 'too-deep', `the event nests deeper than ${deepestLevel} levels`);
  const cleaned = needsCleaning ? clean(value) : value;
  if (mostBytes > largestEventBytes && Buffer.byteLength(JSON.stringify(cleaned)) > largestEventBytes)
    return rejected(value, 'too-large', `the event is larger than ${largestEventBytes} bytes`);
  const event = readTrackingEvent(cleaned);
  if (typeof event === 'string') return rejected(value, 'invalid-shape', event);

  const name = activityName(event) ?? '';
  // As they came: what is cleaned away may be what tells two people apart.
  const who = readIdentifiers(value as TrackingEvent, namedIn(value as TrackingEvent), source);
  const device = `${source.id}/${deviceOf(event)}`;
  const time = activityTime(event, { reception, timeZone: source.timeZone, device });
  const faults = [nameFault(name), who, time].filter(isFault);
  if (faults.length > 0) return rejectedFor(value, faults);

  const activityRead = readActivity(event, name, time as ActivityTime);
  if (isFault(activityRead)) return rejectedFor(value, [activityRead]);
  const { violations, ...read } = activityRead;
  const { channel, violations: ofChannel } = channelOf(event);
  const { identifiers, violations: ofWho } = who as ReadIdentifiers;
  const all = joined([reception.found ?? none, ofWho, violations, ofChannel]);
  if (source.isStrict && all.length > 0) return rejectedFor(value, all);
  const activity = {
    ...read,
    identifiers: [...identifiers],
    receivedAt: reception.receivedAt.toISOString(),
    ...(reception.sequence ? { sequence: reception.sequence } : {}),
    ...fromSource(event, source, reception.messageId),
    channel: channel ?? source.channel,
    ...(all.length > 0 ? { violations: all.map(({ reason: _, ...kept }) => kept) } : {}),
  };
  return {
    kind: 'accepted',
    activity: { ...activity, contentHash: contentHashOf(activity, event, all) },
    violations: all,
  };
}

/** The verdict that an event cannot be used. */
export function rejected(value: unknown, code: string, reason: string): Verdict {
  return { kind: 'rejected', rejection: { code, reason, messageId: messageIdOf(value) } };
}

/** For all of these faults; it has the code of the first. */
function rejectedFor(value: unknown, faults: readonly Fault[]): Verdict {
  return rejected(value, faults[0]!.code, faults.map(({ reason }) => reason).join('; '));
}

interface ReadActivity extends Pick<ActivityReceived, 'name' | 'timestamp' | 'properties'> {
  readonly violations: readonly Violation[];
}

function nameFault(name: string): Fault | undefined {
  if (name === '') return { code: 'name-missing', reason: 'a track event needs the name of what happened in `event`' };
  if (name.length <= longestName) return undefined;
  return { code: 'name-too-long', reason: `the name is longer than ${longestName} characters` };
}

/** What happened, when, and all that is wrong with it; or why it says nothing that can be used. */
function readActivity(event: TrackingEvent, said: string, time: ActivityTime): ReadActivity | Fault {
  const saying = sayingOf(event, said);
  const meant = Object.hasOwn(vocabulary, said) ? undefined : meantName(said, saying.properties);
  const name = meant?.name ?? said;
  const given = readConsents(name, saying);
  const sold = unlessReturned(name, meant?.offer ? { ...given.properties, ...meant.offer } : given.properties);
  const checked = unreadableIsNo(checkActivity(sold.name, sold.properties));
  const answered = offerAnswered(sold.name, checked.properties);
  if (isFault(answered)) return answered;
  const dated = dateConsent(sold.name, answered.properties, time);
  return {
    name: sold.name,
    timestamp: new Date(dated.at).toISOString(),
    properties: dated.properties,
    violations: joined([
      meant?.violations ?? none,
      time.violations,
      given.violations,
      sold.violations,
      checked.violations,
      dated.violations,
    ]),
  };
}

const none: readonly Violation[] = [];

/** Almost no event has any. */
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

/** The same for what says the same, whenever and however often it is sent; what could not be read may be what differs. */
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
