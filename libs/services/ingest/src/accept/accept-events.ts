import { Injectable } from '@nestjs/common';
import { seal, topics } from '@sestante/contracts';
import { InjectStream, Problem } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';
import type { ActivityReceived } from '@sestante/contracts';
import { judge } from '../judge/judge.ts';
import { type RejectedEvent, RejectedEvents } from '../rejected/rejected-events.ts';
import type { Source } from '../sources/source.ts';

/** What a sender is told. `success` means that every event is on durable storage: accepted ones in the stream, rejected ones with their reasons. */
export interface Receipt {
  readonly success: true;
  readonly rejected?: readonly {
    readonly index: number;
    readonly messageId?: string;
    readonly code: string;
    readonly reason: string;
  }[];
}

/** Judges events one by one and resolves once all of them are kept. */
@Injectable()
export class AcceptEvents {
  constructor(
    @InjectStream() private readonly stream: Stream,
    private readonly rejectedEvents: RejectedEvents,
  ) {}

  async accept(events: readonly unknown[], source: Source, sentAt: unknown): Promise<Receipt> {
    const receivedAt = new Date();
    const accepted: ActivityReceived[] = [];
    const rejected: (RejectedEvent & { index: number })[] = [];
    for (const [index, event] of events.entries()) {
      const verdict = judge(event, source, { receivedAt, sentAt });
      if (verdict.kind === 'accepted') accepted.push(verdict.activity);
      else rejected.push({ ...verdict.rejection, index, body: bodyOf(event) });
    }
    if (rejected.length > 0) await this.rejectedEvents.keep(rejected, source, receivedAt);
    await this.publish(accepted);
    return rejected.length === 0 ? { success: true } : { success: true, rejected: rejected.map(toAnswer) };
  }

  private async publish(activities: readonly ActivityReceived[]): Promise<void> {
    const messages = activities.map((data) => {
      const { kind, value } = data.identifiers[0]!;
      return seal(topics.activities, { event: 'ActivityReceived', id: data.activityId, key: `${kind}:${value}`, data });
    });
    try {
      await this.stream.publish(topics.activities.name, messages);
    } catch (error) {
      throw Object.assign(
        new Problem(503, 'stream-unavailable', 'The events could not be kept. Send them again shortly.'),
        { cause: error },
      );
    }
  }
}

function toAnswer({ index, messageId, code, reason }: RejectedEvent & { index: number }) {
  return { index, ...(messageId === undefined ? {} : { messageId }), code, reason };
}

/** The event as it came; of one that nests too deeply to be written, what could be written. */
function bodyOf(event: unknown): string {
  try {
    return JSON.stringify(event) ?? 'null';
  } catch {
    return '"(nests too deeply to be kept)"';
  }
}
