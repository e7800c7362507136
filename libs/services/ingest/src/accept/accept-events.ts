import { Injectable } from '@nestjs/common';
import type { ActivityReceived } from '@sestante/contracts';
import type { Rejection, Verdict } from '../judge/judge.ts';
import { LiveVerdicts } from '../live/live-verdicts.ts';
import { RejectedEvents } from '../rejected/rejected-events.ts';
import type { Acknowledgement, RejectedOne } from './acknowledgement.ts';
import { EventMetrics, type Tally } from './event-metrics.ts';
import { judgeAs } from './format.ts';
import { PublishActivities } from './publish-activities.ts';
import { RateLimits } from './rate-limits.ts';
import type { Submission } from './submission.ts';

/** What became of the events of a submission. */
export interface Taken {
  readonly tally: Tally;
  readonly rejected: RejectedOne[];
}

/** Judges events one by one and resolves once all of them are kept. */
@Injectable()
export class AcceptEvents {
  constructor(
    private readonly rateLimits: RateLimits,
    private readonly activities: PublishActivities,
    private readonly rejectedEvents: RejectedEvents,
    private readonly live: LiveVerdicts,
    private readonly metrics: EventMetrics,
  ) {}

  /** Throws 429 where the source sends too fast, 503 where they cannot be kept: then none of them, or some, may have been. */
  async accept(submission: Submission): Promise<Acknowledgement> {
    const { rejected } = await this.take(submission);
    return rejected.length === 0 ? { success: true } : { success: true, rejected };
  }

  /** As `accept`, and tells what became of them in numbers. */
  async take(submission: Submission): Promise<Taken> {
    const { sender, events } = submission;
    this.rateLimits.take(sender, events.length);
    return this.metrics.during(events.length, () => this.keep(submission));
  }

  private async keep(submission: Submission): Promise<Taken> {
    const { sender, format, events, sentAt, places } = submission;
    const receivedAt = new Date();
    const verdicts = events.map((event, index) =>
      judgeAs(format, event, sender, { receivedAt, sentAt, messageId: places?.[index] }),
    );
    const rejected = verdicts.flatMap((verdict, index) =>
      verdict.kind === 'rejected'
        ? [{ ...verdict.rejection, index, event: events[index], place: places?.[index] }]
        : [],
    );
    // First what bears being done twice: if the rest fails, the sender sends all of it again.
    const repeated = await this.activities.publish(verdicts.flatMap(activityOf));
    if (rejected.length > 0) await this.rejectedEvents.keep(rejected, { ...submission, receivedAt });
    this.live.announce(sender, { events, verdicts, repeated, receivedAt });
    const accepted = events.length - repeated.size - rejected.length;
    const tally = { accepted, repeated: repeated.size, rejected: rejected.length };
    this.metrics.count(sender, tally);
    return { tally, rejected: rejected.map(toAnswer) };
  }
}

function activityOf(verdict: Verdict): readonly ActivityReceived[] {
  return verdict.kind === 'accepted' ? [verdict.activity] : [];
}

function toAnswer({ index, messageId, code, reason }: Rejection & { index: number }): RejectedOne {
  return { index, ...(messageId === undefined ? {} : { messageId }), code, reason };
}
