import { Injectable } from '@nestjs/common';
import type { Stream } from '@sestante/streaming';
import { InjectStream } from '../tokens.ts';
import { type Lag, readLag } from './lag.ts';

type Counts = Readonly<Record<string, number>>;

/** The counts of the services of this process. Each service adds its own; the lag is read from the stream. */
@Injectable()
export class Stats {
  private readonly sources: (() => Promise<Counts>)[] = [];

  constructor(@InjectStream() private readonly stream: Stream) {}

  add(source: () => Promise<Counts>): void {
    this.sources.push(source);
  }

  async read(): Promise<Counts & { lag: readonly Lag[] }> {
    // Before the counts: without a lag, they include the effects of all messages.
    const lag = await readLag(this.stream);
    const counts = await Promise.all(this.sources.map((count) => count()));
    return Object.assign({}, ...counts, { lag }) as Counts & { lag: readonly Lag[] };
  }
}
