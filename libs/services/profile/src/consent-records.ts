import { type ConsentSubject, consentSubjects, ownSourceId } from '@sestante/contracts';
import type { StandingEntry } from './standing-entries.ts';
import type { TimelineEntry } from './store/new-activities.ts';

/** Who acted, as the activities of Sestante's own API say. */
export type ActedBy =
  { readonly by: 'customer' } | { readonly by: 'key'; readonly role: string; readonly keyId: string };

/** A consent that was given or withdrawn, with its proof. */
export interface ConsentRecord {
  readonly memberId: string;
  readonly subject: ConsentSubject;
  readonly value: 'granted' | 'denied';
  /** When it takes effect. */
  readonly saidAt: string;
  readonly receivedAt: string;
  readonly activityId: string;
  /** The name of the activity. */
  readonly activity: string;
  readonly channel: string;
  readonly source: string;
  readonly vouchedBy: TimelineEntry['vouchedBy'];
  /** Null for consents from other sources than Sestante's own API. */
  readonly actedBy: ActedBy | null;
  /** What the customer agreed to or refused. */
  readonly wording: string | null;
  readonly policyVersion: string | null;
}

/** The characters of a wording and of the version of a policy that are kept. */
export const maxWordingLength = 2_000;
export const maxPolicyVersionLength = 100;

const subjects: ReadonlySet<string> = new Set(consentSubjects);

/** The consents among the values that activities set. Most activities set none. */
export function consentRecordsOf(
  activities: readonly TimelineEntry[],
  changes: ReadonlyMap<string, readonly StandingEntry[]>,
): ConsentRecord[] {
  if (changes.size === 0) return [];
  return activities.flatMap((activity) => {
    const entries = changes.get(activity.activityId) ?? [];
    return entries.filter(({ field }) => subjects.has(field)).map((entry) => recordOf(activity, entry));
  });
}

function recordOf(activity: TimelineEntry, { memberId, field, value, setAt }: StandingEntry): ConsentRecord {
  const { activityId, name, channel, source, vouchedBy, receivedAt, properties } = activity;
  return {
    memberId,
    subject: field as ConsentSubject,
    value: value as ConsentRecord['value'],
    saidAt: setAt,
    receivedAt,
    activityId,
    activity: name,
    channel,
    source,
    vouchedBy,
    actedBy: source === ownSourceId ? ((properties['acted_by'] ?? null) as ActedBy | null) : null,
    wording: textIn(properties['wording'], maxWordingLength),
    policyVersion: textIn(properties['policy_version'], maxPolicyVersionLength),
  };
}

/** The beginning of a text. It is cut between characters: half of a surrogate pair cannot be stored. */
function textIn(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
