import { Injectable } from '@nestjs/common';
import { RecordIncomplete } from '../incomplete/record-incomplete.ts';
import type { Accepted, Rejection, Verdict } from '../judge/judge.ts';
import { LiveVerdicts } from '../live/live-verdicts.ts';
import { RejectedEvents } from '../rejected/rejected-events.ts';
import { type IncompleteOne, type RejectedOne } from './acknowledgement.ts';
import { toReportedViolations } from '../types/reported-violation.ts';
import { EventMetrics, type Tally } from './event-metrics.ts';
import { rejectReusedId } from '../publish/id-reused.ts';
import type { Unpublished } from '../publish/publish-activities.ts';
import type { ReadSubmission } from './read-tokens.ts';

/** The outcome of a submission. */
export interface SubmissionResult {
  readonly tally: Tally;
  readonly rejected: readonly RejectedOne[];
  readonly incomplete: readonly IncompleteOne[];
}

/** The verdicts on the events of a submission. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly unpublished: Unpublished;
  readonly receivedAt: Date;
}

/** Stores rejected events, records the violations of incomplete ones, and adds all verdicts to the live view and the metrics. */
@Injectable()
export class RecordVerdicts {
  constructor(
    private readonly rejectedEvents: RejectedEvents,
    private readonly recordIncomplete: RecordIncomplete,
    private readonly live: LiveVerdicts,
    private readonly metrics: EventMetrics,
  ) {}

  async record(
    { submission, tokens }: ReadSubmission,
    { verdicts: judged, unpublished, receivedAt }: Judged,
  ): Promise<SubmissionResult> {
    const { sender, events, stableIds } = submission;
    const verdicts = judged.map((verdict) => rejectReusedId(verdict, unpublished));
    const rejected = verdicts.flatMap((verdict, index) =>
      verdict.kind === 'rejected'
        ? [{ ...verdict.rejection, index, event: events[index], stableId: stableIds?.[index], token: tokens[index] }]
        : [],
    );
    const incomplete = verdicts.flatMap((verdict, index) =>
      isIncomplete(verdict) && !unpublished.repeated.has(verdict.activity)
        ? [{ ...verdict, index, event: events[index] }]
        : [],
    );
    if (rejected.length > 0) await this.rejectedEvents.store(rejected, { ...submission, receivedAt });
    if (incomplete.length > 0) this.recordIncomplete.record(incomplete, { ...submission, receivedAt });
    this.live.announce(sender, { events, verdicts, repeated: unpublished.repeated, receivedAt });
    const repeated = unpublished.repeated.size;
    const accepted = events.length - repeated - rejected.length;
    const tally = { accepted, incomplete: incomplete.length, repeated, rejected: rejected.length };
    this.metrics.count(sender, tally);
    return { tally, rejected: rejected.map(toRejected), incomplete: incomplete.map(toIncomplete) };
  }
}

const isIncomplete = (verdict: Verdict): verdict is Accepted =>
  verdict.kind === 'accepted' && verdict.violations.length > 0;

function toRejected({ index, messageId, code, reason }: Rejection & { index: number }): RejectedOne {
  return { index, ...(messageId === undefined ? {} : { messageId }), code, reason };
}

function toIncomplete({ index, activity, violations }: Accepted & { index: number }): IncompleteOne {
  return { index, messageId: activity.messageId, violations: toReportedViolations(violations) };
}
