import { Injectable } from '@nestjs/common';
import type { Verdict } from '../judge/judge.ts';
import { DeviceClocks } from '../judge/time/device-clocks.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import { EventMetrics } from './event-metrics.ts';
import { judgeAs } from '../formats/judge-as.ts';
import { PublishActivities } from '../publish/publish-activities.ts';
import { RateLimits } from './rate-limits.ts';
import { RecordVerdicts, type Taken } from './record-verdicts.ts';
import type { Submission } from '../types/submission.ts';
import { ToldOrders } from './told-orders.ts';

/** Judges events one by one and resolves once all of them are kept. */
@Injectable()
export class AcceptEvents {
  private readonly clocks = new DeviceClocks();

  constructor(
    private readonly rateLimits: RateLimits,
    private readonly orders: ToldOrders,
    private readonly activities: PublishActivities,
    private readonly verdicts: RecordVerdicts,
    private readonly metrics: EventMetrics,
  ) {}

  /** Throws 429 where the source sends too fast, 503 where they cannot be kept: then none of them, or some, may have been. */
  async accept(submission: Submission): Promise<Acknowledgement> {
    const { rejected, incomplete } = await this.take(submission);
    return {
      success: true,
      ...(rejected.length > 0 && { rejected: [...rejected] }),
      ...(incomplete.length > 0 && { incomplete: [...incomplete] }),
    };
  }

  /** As `accept`, and tells what became of them in numbers. */
  async take(submission: Submission): Promise<Taken> {
    const { sender, events } = submission;
    this.rateLimits.take(sender, events.length);
    return this.metrics.during(events.length, () => this.keep(submission));
  }

  private async keep(submission: Submission): Promise<Taken> {
    const receivedAt = new Date();
    const verdicts = this.judge(submission, receivedAt);
    // First what bears being done twice: if the rest fails, the sender sends all of it again.
    const unpublished = await this.activities.publish(
      verdicts.flatMap((verdict) => (verdict.kind === 'accepted' ? [verdict.activity] : [])),
    );
    return this.verdicts.record(submission, { verdicts, unpublished, receivedAt });
  }

  private judge({ sender, format, events, sentAt, places, isFromFile }: Submission, receivedAt: Date): Verdict[] {
    const reception = { receivedAt, sentAt, clocks: this.clocks, ...(isFromFile && { isFromFile }) };
    return events.map((event, index) =>
      this.orders.check(
        judgeAs(format, event, sender, { ...reception, messageId: places?.[index], sequence: index }),
        sender,
      ),
    );
  }
}
