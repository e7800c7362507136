import { Injectable } from '@nestjs/common';
import { foreignTopics, topics } from '@sestante/contracts';
import type { Stream } from '@sestante/streaming';
import { InjectStream } from '../tokens.ts';

/** How many messages a group has not read yet. */
export interface Lag {
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
}

type Counts = Readonly<Record<string, number>>;

/** What the services of this process hold. Each service adds its own counts; the lag is the stream's. */
@Injectable()
export class Stats {
  private readonly sources: (() => Promise<Counts>)[] = [];

  constructor(@InjectStream() private readonly stream: Stream) {}

  add(source: () => Promise<Counts>): void {
    this.sources.push(source);
  }

  async read(): Promise<Counts & { lag: readonly Lag[] }> {
    const counts = await Promise.all(this.sources.map((count) => count()));
    return Object.assign({}, ...counts, { lag: await this.lag() }) as Counts & { lag: readonly Lag[] };
  }

  private async lag(): Promise<Lag[]> {
    const positions = await Promise.all(
      Object.values({ ...topics, ...foreignTopics }).map(({ name }) => this.stream.positions(name)),
    );
    const lags = new Map<string, Lag>();
    for (const { topic, group, end, committed } of positions.flat()) {
      if (group === '') continue;
      const before = lags.get(`${topic} ${group}`)?.messages ?? 0;
      lags.set(`${topic} ${group}`, { topic, group, messages: before + Math.max(0, end - committed) });
    }
    return [...lags.values()];
  }
}
