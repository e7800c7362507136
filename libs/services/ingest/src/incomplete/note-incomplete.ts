import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '@sestante/runtime';
import type { Submission } from '../types/submission.ts';
import type { Accepted } from '../judge/judge.ts';
import { type Example, IncompleteEvents, mostExamples, type NewViolations } from './incomplete-events.ts';

const writeEveryMs = 250;
/** Kinds that wait to be written down; what is more while the database is away is not counted. */
const mostKinds = 1_000;

type Pending = Omit<NewViolations, 'examples'> & { count: number; examples: Example[] };

/**
 * Notes what is wrong with accepted events, and writes it down a few times a second: one row is written for thousands of events of a kind. The events
 * themselves are in the stream; what a process that is killed had noted in the last quarter of a second is not counted.
 */
@Injectable()
export class NoteIncomplete implements BeforeApplicationShutdown {
  private pending = new Map<string, Pending>();
  private writing: Promise<void> = Promise.resolve();
  private readonly timer = setInterval(() => void this.write(), writeEveryMs);

  constructor(
    private readonly incompleteEvents: IncompleteEvents,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.timer.unref();
  }

  note(
    events: readonly (Accepted & { readonly event: unknown })[],
    { sender, format, receivedAt }: Submission & { readonly receivedAt: Date },
  ): void {
    for (const { activity, violations, event } of events) {
      const told = new Set<string>();
      for (const { code, field: place, reason } of violations) {
        // The third product of an order is as the first, and tells it with it.
        const field = place.replaceAll(/\[\d+\]/g, '[]');
        const kind = { sourceId: sender.id, name: activity.name, code, field };
        const key = Object.values(kind).join('\u0000');
        if (told.has(key)) continue;
        told.add(key);
        this.add(key, kind, { format, event, messageId: activity.messageId, reason, receivedAt });
      }
    }
  }

  /** Resolves once all that was noted is written down, or could not be. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writePending());
    return this.writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  private add(key: string, kind: Omit<NewViolations, 'count' | 'examples'>, example: Example): void {
    const pending = this.pending.get(key) ?? { ...kind, count: 0, examples: [] };
    if (pending.count === 0 && this.pending.size >= mostKinds) return;
    this.pending.set(key, pending);
    pending.count += 1;
    if (pending.examples.push(example) > mostExamples) pending.examples.shift();
  }

  private async writePending(): Promise<void> {
    if (this.pending.size === 0) return;
    const noted = this.pending;
    this.pending = new Map();
    try {
      await this.incompleteEvents.keep([...noted.values()]);
    } catch (error) {
      this.logger.warn({ err: error }, 'incomplete events could not be counted; they are tried again');
      this.putBack(noted);
    }
  }

  private putBack(noted: ReadonlyMap<string, Pending>): void {
    for (const [key, { count, examples, ...kind }] of noted) {
      const since = this.pending.get(key);
      if (!since && this.pending.size >= mostKinds) continue;
      const all = [...examples, ...(since?.examples ?? [])].slice(-mostExamples);
      this.pending.set(key, { ...kind, count: count + (since?.count ?? 0), examples: all });
    }
  }
}
