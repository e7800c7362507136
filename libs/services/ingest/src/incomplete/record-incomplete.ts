import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Identifier } from '@sestante/identity';
import { InjectLogger, type Logger } from '@sestante/runtime';
import type { Deleting } from '../erased/deleting.ts';
import type { Submission } from '../types/submission.ts';
import type { Accepted } from '../judge/judge.ts';
import { type Example, IncompleteEvents, mostExamples, type NewViolations } from './incomplete-events.ts';

const writeEveryMs = 250;
/** The most kinds of violations that wait to be written. Further kinds are not counted while the database is unavailable. */
const mostKinds = 1_000;

type Pending = Omit<NewViolations, 'examples'> & { count: number; examples: Example[] };

/**
 * Collects the violations of accepted events, and writes them a few times a second: one row may count thousands of events of a kind. The events are
 * in the stream. If the process is killed, the violations of the last quarter of a second are not counted.
 */
@Injectable()
export class RecordIncomplete implements BeforeApplicationShutdown {
  private pending = new Map<string, Pending>();
  private writing: Promise<void> = Promise.resolve();
  private readonly timer = setInterval(() => void this.write(), writeEveryMs);

  constructor(
    private readonly incompleteEvents: IncompleteEvents,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.timer.unref();
  }

  record(
    events: readonly (Accepted & { readonly event: unknown })[],
    { sender, format, receivedAt }: Submission & { readonly receivedAt: Date },
  ): void {
    for (const { activity, violations, event } of events) {
      const keys = new Set<string>();
      for (const { code, field: path, reason } of violations) {
        // All items of a list count as one field.
        const field = path.replaceAll(/\[\d+\]/g, '[]');
        const kind = { sourceId: sender.id, name: activity.name, code, field };
        const key = Object.values(kind).join('\u0000');
        if (keys.has(key)) continue;
        keys.add(key);
        const { country } = sender;
        this.add(key, kind, { format, event, country, messageId: activity.messageId, reason, receivedAt });
      }
    }
  }

  /** Resolves when all collected violations are written, or the write has failed. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writePending());
    return this.writing;
  }

  /** Deletes the events with one of the identifiers, also those that wait to be written. Resolves to their number. */
  async erase(identifiers: readonly Identifier[], client: Deleting): Promise<number> {
    await this.write();
    return this.incompleteEvents.erase(identifiers, client);
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
    const batch = this.pending;
    this.pending = new Map();
    try {
      await this.incompleteEvents.store([...batch.values()]);
    } catch (error) {
      this.logger.warn({ err: error }, 'could not count incomplete events, retrying');
      this.putBack(batch);
    }
  }

  private putBack(batch: ReadonlyMap<string, Pending>): void {
    for (const [key, { count, examples, ...kind }] of batch) {
      const since = this.pending.get(key);
      if (!since && this.pending.size >= mostKinds) continue;
      const all = [...examples, ...(since?.examples ?? [])].slice(-mostExamples);
      this.pending.set(key, { ...kind, count: count + (since?.count ?? 0), examples: all });
    }
  }
}
