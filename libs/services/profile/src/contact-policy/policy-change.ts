import {
  consentPurposes,
  type ConsentValue,
  type ContactChannel,
  contactChannels,
  dayAt,
  fieldOfChannel,
  isPauseEnd,
} from '@sestante/contracts';
import { Problem } from '@sestante/runtime';
import type { OwnActivity } from '../own-activities/own-activities.ts';
import type { ContactPolicyRequest } from './contact-policy-request.ts';
import type { CustomerContactPolicy } from './contact-policy-response.ts';
import { aDay, isAhead, settingLimits } from './contact-settings.ts';

/**
 * The activity that makes the requested change; undefined if nothing is to change. A grant that is in force already is not said again, so that its proof
 * stays, unless it has a wording or a version of its own. A denial is always said: it also overrides a grant that is on its way.
 *
 * @throws Problem 400 for purposes, channels and values that do not exist, and for settings that cannot be
 */
export function activityOf(
  request: ContactPolicyRequest,
  current: CustomerContactPolicy,
  now: number,
): OwnActivity | undefined {
  const isNewText = request.wording !== undefined || request.policyVersion !== undefined;
  const toSay = (said: ConsentValue, now: unknown) => said === 'denied' || said !== now || isNewText;
  const consents = consentsIn('consents', request.consents ?? {}, consentPurposes).filter(([purpose, said]) =>
    toSay(said, current.consents[purpose]),
  );
  const channels = consentsIn('channels', request.channels ?? {}, contactChannels).filter(([channel, said]) =>
    toSay(said, current.channels[channel]),
  );
  const settings = settingsIn(request, current, now);
  const { wording, policyVersion, channel } = request;
  const hasConsents = consents.length + channels.length > 0;
  if (!hasConsents && Object.keys(settings).length === 0) return undefined;
  const proof = {
    ...(wording !== undefined && { wording }),
    ...(policyVersion !== undefined && { policy_version: policyVersion }),
  };
  return {
    type: 'track',
    name: Object.keys(settings).length > 0 ? 'preferences.updated' : 'consent.updated',
    channel,
    properties: {
      ...Object.fromEntries(consents),
      ...(channels.length > 0 && { channels: Object.fromEntries(channels.map(withField)) }),
      ...settings,
      ...(hasConsents && proof),
    },
  };
}

const withField = ([channel, said]: readonly [ContactChannel, ConsentValue]) => [fieldOfChannel(channel), said];

/** The consents that are given or withdrawn. */
function consentsIn<Name extends string>(
  field: 'consents' | 'channels',
  given: Readonly<Record<string, unknown>>,
  known: readonly Name[],
): (readonly [Name, ConsentValue])[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const isKnown = (one: string): one is Name => known.includes(one as Name);
    if (!isKnown(name)) {
      const [code, what] = field === 'consents' ? ['unknown-purpose', 'purpose'] : ['unknown-channel', 'channel'];
      const list = `${known.slice(0, -1).join(', ')} and ${known.at(-1)}`;
      throw new Problem(400, code!, `${field} has no ${what} \`${name.slice(0, 100)}\`. The ${what}s are ${list}.`);
    }
    if (value === 'unknown') return [];
    if (value === 'granted' || value === 'denied') return [[name, value] as const];
    throw new Problem(400, 'bad-consent', `\`${field}.${name}\` must be granted, denied or unknown.`);
  });
}

/** The settings that are given, as properties of `preferences.updated`. */
function settingsIn(request: ContactPolicyRequest, current: CustomerContactPolicy, now: number) {
  const { quietHours, timeZone, budget, pausedUntil, language } = request;
  const zone = timeZone === undefined ? current.timeZone : timeZone;
  const hours = quietHours === undefined ? current.quietHours : quietHours;
  if (hours && zone === null && (quietHours ?? timeZone) !== undefined)
    throw new Problem(400, 'time-zone-missing', 'Quiet hours need a `timeZone`, such as Europe/Rome.');
  if (typeof pausedUntil === 'string') requirePauseEnd(pausedUntil, zone ?? undefined, now);
  if (typeof language === 'string') requireLanguage(language);
  return {
    ...(quietHours !== undefined && { quiet_hours: quietHours && { from: quietHours.from, to: quietHours.to } }),
    ...(timeZone !== undefined && { time_zone: timeZone }),
    ...(budget !== undefined && { budget: budget && { most: budget.most, per_days: budget.perDays } }),
    ...(pausedUntil !== undefined && { paused_until: pausedUntil }),
    ...(language !== undefined && { language }),
  };
}

function requirePauseEnd(pausedUntil: string, timeZone: string | undefined, now: number): void {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + settingLimits.pauseYears);
  const isInRange = aDay.test(pausedUntil)
    ? pausedUntil <= dayAt(latest.getTime(), timeZone ?? 'UTC')
    : Date.parse(pausedUntil) <= latest.getTime();
  if (isPauseEnd(pausedUntil) && isInRange && isAhead(pausedUntil, timeZone, now)) return;
  throw new Problem(
    400,
    'bad-pause',
    `\`pausedUntil\` must be an existing day or instant in the future, at most ${settingLimits.pauseYears} years ahead.`,
  );
}

function requireLanguage(language: string): void {
  try {
    Intl.getCanonicalLocales(language);
  } catch {
    throw new Problem(400, 'bad-language', '`language` must be a BCP 47 tag, such as it or de-AT.');
  }
}
