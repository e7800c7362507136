import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { ActivityReceived } from '@sestante/contracts';
import { beginEvents, takeOver } from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Verdict } from '../judge/judge.ts';
import type { Source } from '../types/source.ts';
import { RecentVerdicts } from './recent-verdicts.ts';
import { nameIn, toShown } from './shown-verdict.ts';

const lookEveryMs = 200;
const beatEveryMs = 15_000;

/** What was found about the events of one submission. */
interface Findings {
  readonly events: readonly unknown[];
  readonly verdicts: readonly Verdict[];
  /** Those of the accepted ones that had been published before. */
  readonly repeated: ReadonlySet<ActivityReceived>;
  readonly receivedAt: Date;
}

/** The last verdicts of each source, and the live views of them. A view looks a few times a second: events cost nothing more while somebody watches. */
@Injectable()
export class LiveVerdicts implements BeforeApplicationShutdown {
  private readonly recent = new Map<string, RecentVerdicts>();
  private readonly views = new Set<ServerResponse>();
  private isEnding = false;

  announce({ id }: Source, { events, verdicts, repeated, receivedAt }: Findings): void {
    const recent = this.of(id);
    for (const [index, verdict] of verdicts.entries()) {
      const isRepeated = verdict.kind === 'accepted' && repeated.has(verdict.activity);
      const said = verdict.kind === 'rejected' ? nameIn(events[index]) : null;
      recent.add({ receivedAt, verdict, isRepeated, said });
    }
  }

  /** Shows the last verdicts on the events of a source, and then what comes, until the viewer leaves. Of a flood it shows the last of each look. */
  open(sourceId: string, reply: FastifyReply): void {
    const raw = takeOver(reply);
    // Whoever hung up meanwhile would be watched for ever, and whoever comes at the end would hold it up.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    this.views.add(raw);
    beginEvents(raw);
    const recent = this.of(sourceId);
    let shown = 0;
    const look = () => {
      // A slow viewer misses what it has no room for.
      if (raw.writableNeedDrain) return;
      for (const verdict of recent.after(shown)) {
        if (shown > 0 && verdict.number > shown + 1) raw.write(skipped(verdict.number - shown - 1));
        raw.write(`id: ${verdict.number}\nevent: verdict\ndata: ${JSON.stringify(toShown(verdict))}\n\n`);
        shown = verdict.number;
      }
    };
    const looking = setInterval(look, lookEveryMs);
    const beating = setInterval(() => raw.write(': keep-alive\n\n'), beatEveryMs);
    raw.once('close', () => {
      clearInterval(looking);
      clearInterval(beating);
      this.views.delete(raw);
    });
    look();
  }

  beforeApplicationShutdown(): void {
    this.isEnding = true;
    for (const view of this.views) view.end();
  }

  private of(sourceId: string): RecentVerdicts {
    const recent = this.recent.get(sourceId) ?? new RecentVerdicts();
    this.recent.set(sourceId, recent);
    return recent;
  }
}

const skipped = (count: number) => `event: skipped\ndata: {"count":${count}}\n\n`;
