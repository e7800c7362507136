import type { ContactPolicy, QuietHours } from '../situation.ts';
import { InvalidPolicy } from './invalid-policy.ts';
import { countIn, numberIn } from './leaf.ts';
import { fault, fieldsOf, isGiven, type Place } from './place.ts';

const hours = { least: 0, most: 24 };
/** A year of 366 days. */
const longestFreshness = 8_784;

/**
 * Reads a contact policy as it is written: JSON.
 *
 * @returns a copy; nothing of it is shared with the document
 * @throws InvalidPolicy with every fault: fields that are missing, out of bounds or not known, a time zone that there is not
 */
export function validatePolicy(document: unknown): ContactPolicy {
  const place: Place = { path: '', value: document, faults: [] };
  const policy = policyIn(place);
  if (place.faults.length > 0) throw new InvalidPolicy(place.faults);
  return policy;
}

function policyIn(place: Place): ContactPolicy {
  const fields = fieldsOf(place, ['perDays', 'most', 'quietHours', 'staleAfterHours', 'holdoutShare']);
  return {
    perDays: countIn(fields.perDays, 3_650),
    most: countIn(fields.most, 1_000, 0),
    ...(isGiven(fields.quietHours) && { quietHours: quietHoursIn(fields.quietHours) }),
    staleAfterHours: numberIn(fields.staleAfterHours, { least: 1, most: longestFreshness }),
    holdoutShare: numberIn(fields.holdoutShare, { least: 0, most: 1 }),
  };
}

function quietHoursIn(place: Place): QuietHours {
  const { from, to, timeZone } = fieldsOf(place, ['from', 'to', 'timeZone']);
  return { from: numberIn(from, hours), to: numberIn(to, hours), timeZone: timeZoneIn(timeZone) };
}

/** The name of a time zone here; anything else is a fault (and reads as UTC). */
function timeZoneIn(place: Place): string {
  const { value } = place;
  if (typeof value === 'string' && isTimeZone(value)) return value;
  fault(place, 'must be the IANA name of a time zone, such as Europe/Rome');
  return 'UTC';
}

/** An area and a place, or UTC: offsets (`+02:00`) and abbreviations (`EST`) stay the same in summer. */
const zoneName = /^(?:[A-Za-z_]+\/[\w+/-]+|UTC)$/;

function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
