import { Controller } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { type Batch, done, Handles, type Outcome } from '@sestante/streaming';
import { LiveVerdicts } from '../live/live-verdicts.ts';
import { Senders } from '../sources/senders.ts';
import { RejectedEvents } from './rejected-events.ts';

/** Stores activities that a later service refused as rejected events. */
@Controller()
export class StoreRefused {
  constructor(
    private readonly senders: Senders,
    private readonly rejectedEvents: RejectedEvents,
    private readonly live: LiveVerdicts,
  ) {}

  @Handles(topics.refusals, { group: 'ingest' })
  async handle(batch: Batch<typeof topics.refusals>): Promise<readonly Outcome[]> {
    for (const { data } of batch) {
      const { activity, code, reason } = data;
      const sender = await this.senders.byId(activity.source);
      const receivedAt = new Date(activity.receivedAt);
      const rejection = { code, reason, messageId: activity.messageId };
      const { tokenOf, isTokenWeak = false } = activity;
      const token = tokenOf === undefined ? undefined : { customerId: tokenOf, isWeak: isTokenWeak };
      await this.rejectedEvents.store([{ ...rejection, event: activity, stableId: undefined, token }], {
        sender,
        format: 'activity',
        receivedAt,
      });
      const events = [{ event: activity.name }];
      this.live.announce(sender, {
        events,
        verdicts: [{ kind: 'rejected', rejection }],
        repeated: new Set(),
        receivedAt,
      });
    }
    return batch.map(() => done);
  }
}
