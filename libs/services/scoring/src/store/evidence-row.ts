import type { Channel, Element, Evidence, Signal, VouchedBy } from '@sestante/engagement';

/** A row of `scoring.evidence`, as `evidenceColumns` select it. */
export interface EvidenceRow {
  readonly activity_id: string;
  readonly name: string;
  readonly channel: Channel;
  /** Null for a secret key. */
  readonly vouched_by: VouchedBy | null;
  /** In milliseconds since 1970. */
  readonly happened_at: number;
  readonly signals: readonly (readonly [Element, number, number])[];
}

/** The columns of `scoring.evidence e` that are the evidence of an activity. */
export const evidenceColumns = `e.activity_id, e.name, e.channel, extract(epoch from e.happened_at)::float8 * 1000 as happened_at, e.signals, e.vouched_by`;

export function toEvidence({ activity_id, name, channel, happened_at, signals, vouched_by }: EvidenceRow): Evidence {
  return {
    activityId: activity_id,
    name,
    channel,
    vouchedBy: vouched_by ?? 'secret',
    at: Math.round(happened_at),
    signals: signals.map(([element, weight, valence]): Signal => ({ element, weight, valence })),
  };
}
