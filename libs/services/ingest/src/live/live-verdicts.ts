import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { ActivityReceived } from '@sestante/contracts';
import { startEventStream, takeOverResponse } from '@sestante/runtime';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Verdict } from '../judge/judge.ts';
import type { Source } from '../types/source.ts';
import { RecentVerdicts } from './recent-verdicts.ts';
import { nameIn, toVerdictResponse } from './verdict-response.ts';

const pollEveryMs = 200;
const keepAliveEveryMs = 15_000;

/** The verdicts on the events of one submission. */
interface SubmissionVerdicts {
  readonly events: readonly unknown[];
  readonly verdicts: readonly Verdict[];
  /** The accepted activities that were published before. */
  readonly repeated: ReadonlySet<ActivityReceived>;
  readonly receivedAt: Date;
}

/** The last verdicts of each source, and the live views of them. A view polls a few times a second, so that events cost no more while somebody watches. */
@Injectable()
export class LiveVerdicts implements BeforeApplicationShutdown {
  private readonly recent = new Map<string, RecentVerdicts>();
  private readonly views = new Set<ServerResponse>();
  private isEnding = false;

  announce({ id }: Source, { events, verdicts, repeated, receivedAt }: SubmissionVerdicts): void {
    const recent = this.of(id);
    for (const [index, verdict] of verdicts.entries()) {
      const isRepeated = verdict.kind === 'accepted' && repeated.has(verdict.activity);
      const said = verdict.kind === 'rejected' ? nameIn(events[index]) : null;
      recent.add({ receivedAt, verdict, isRepeated, said });
    }
  }

  /** Streams the last verdicts on the events of a source, and then new ones, until the connection closes. At a high rate, only the last ones of each poll are sent. */
  open(sourceId: string, reply: FastifyReply): void {
    const raw = takeOverResponse(reply);
    // A view of a closed connection would never end, and a view that opens during the shutdown would delay it.
    if (raw.destroyed || this.isEnding) {
      raw.destroy();
      return;
    }
    this.views.add(raw);
    startEventStream(raw);
    const recent = this.of(sourceId);
    let last = 0;
    const poll = () => {
      // A slow client misses verdicts.
      if (raw.writableNeedDrain) return;
      for (const verdict of recent.after(last)) {
        if (last > 0 && verdict.number > last + 1) raw.write(skipped(verdict.number - last - 1));
        raw.write(`id: ${verdict.number}\nevent: verdict\ndata: ${JSON.stringify(toVerdictResponse(verdict))}\n\n`);
        last = verdict.number;
      }
    };
    const polling = setInterval(poll, pollEveryMs);
    const keepAlive = setInterval(() => raw.write(': keep-alive\n\n'), keepAliveEveryMs);
    raw.once('close', () => {
      clearInterval(polling);
      clearInterval(keepAlive);
      this.views.delete(raw);
    });
    poll();
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
