import { Injectable } from '@nestjs/common';
import type { Verdict } from '../judge/judge.ts';
import { DeviceClocks } from '../judge/time/device-clocks.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import { EventMetrics } from './event-metrics.ts';
import { judgeAs } from '../formats/judge-as.ts';
import { PublishActivities } from '../publish/publish-activities.ts';
import { RateLimits } from './rate-limits.ts';
import { ReadTokens, type ReadSubmission } from './read-tokens.ts';
import { RecordVerdicts, type SubmissionResult } from './record-verdicts.ts';
import type { Submission } from '../types/submission.ts';
import { RecentOrders } from './recent-orders.ts';

/** Judges events one by one, and stores them. */
@Injectable()
export class AcceptEvents {
  private readonly clocks = new DeviceClocks();
  private readonly orders = new RecentOrders();

  constructor(
    private readonly rateLimits: RateLimits,
    private readonly tokens: ReadTokens,
    private readonly activities: PublishActivities,
    private readonly verdicts: RecordVerdicts,
    private readonly metrics: EventMetrics,
  ) {}

  /** Resolves when all events are stored. Throws 429 if the source exceeds its rate limit, 503 if they cannot be stored; some may be stored then. */
  async accept(submission: Submission): Promise<Acknowledgement> {
    const { rejected, incomplete } = await this.take(submission);
    return {
      success: true,
      ...(rejected.length > 0 && { rejected: [...rejected] }),
      ...(incomplete.length > 0 && { incomplete: [...incomplete] }),
    };
  }

  /** Like `accept`, but returns the counts of the events by outcome, too. */
  async take(submission: Submission): Promise<SubmissionResult> {
    const { sender, events } = submission;
    this.rateLimits.take(sender, events.length);
    return this.metrics.during(events.length, () => this.store(submission));
  }

  private async store(given: Submission): Promise<SubmissionResult> {
    const receivedAt = new Date();
    const read = await this.tokens.read(given);
    const verdicts = this.judge(read, receivedAt);
    // Publishing is idempotent, so it comes first: if the rest fails, the sender sends all events again.
    const unpublished = await this.activities.publish(
      verdicts.flatMap((verdict) => (verdict.kind === 'accepted' ? [verdict.activity] : [])),
    );
    return this.verdicts.record(read, { verdicts, unpublished, receivedAt });
  }

  private judge({ submission, tokens }: ReadSubmission, receivedAt: Date): Verdict[] {
    const { sender, format, events, sentAt, stableIds, isFromFile } = submission;
    const reception = { receivedAt, sentAt, clocks: this.clocks, ...(isFromFile && { isFromFile }) };
    return events.map((event, index) =>
      this.orders.check(
        judgeAs(format, event, sender, {
          ...reception,
          messageId: stableIds?.[index],
          sequence: index,
          token: tokens[index],
        }),
        sender,
      ),
    );
  }
}
