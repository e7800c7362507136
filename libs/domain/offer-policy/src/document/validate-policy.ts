import { addFault, between, countIn, documentNode, fieldsOf, isGiven, type JsonNode, numberIn } from '@sestante/rules';
import type { ContactPolicy, QuietHours } from '../situation.ts';
import { InvalidPolicy } from './invalid-policy.ts';

const hours = between(0, 24);
/** A year of 366 days. */
const longestFreshness = 8_784;

/**
 * Reads a contact policy from JSON.
 *
 * @returns a copy, which shares no object with the document
 * @throws InvalidPolicy with every fault: fields that are missing, out of bounds or unknown, an unknown time zone
 */
export function validatePolicy(document: unknown): ContactPolicy {
  const node = documentNode(document);
  const policy = policyIn(node);
  if (node.faults.length > 0) throw new InvalidPolicy(node.faults);
  return policy;
}

function policyIn(node: JsonNode): ContactPolicy {
  const fields = fieldsOf(node, ['perDays', 'most', 'quietHours', 'staleAfterHours', 'holdoutShare']);
  return {
    perDays: countIn(fields.perDays, 3_650),
    most: countIn(fields.most, 1_000, 0),
    ...(isGiven(fields.quietHours) && { quietHours: quietHoursIn(fields.quietHours) }),
    staleAfterHours: numberIn(fields.staleAfterHours, between(1, longestFreshness)),
    holdoutShare: numberIn(fields.holdoutShare, between(0, 1)),
  };
}

function quietHoursIn(node: JsonNode): QuietHours {
  const { from, to, timeZone } = fieldsOf(node, ['from', 'to', 'timeZone']);
  return { from: numberIn(from, hours), to: numberIn(to, hours), timeZone: timeZoneIn(timeZone) };
}

/** Reads the name of a time zone. Adds a fault and returns UTC for any other value. */
function timeZoneIn(node: JsonNode): string {
  const { value } = node;
  if (typeof value === 'string' && isTimeZone(value)) return value;
  addFault(node, 'must be the IANA name of a time zone, such as Europe/Rome');
  return 'UTC';
}

/** `Area/Location`, or UTC. Offsets (`+02:00`) and abbreviations (`EST`) are rejected: they have no daylight saving time. */
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
