import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { topics } from '@sestante/contracts';
import { InjectStream } from '@sestante/runtime';
import type { Stream } from '@sestante/streaming';

/** A place on the topic of customers. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

/** The group under which this service follows what customers do. */
export const followers = 'offers';

const patienceMs = 200;
/** Another process does not tell when it has noted something. */
const lookEveryMs = 10;

/**
 * How far this service has noted what customers say, in each partition of their topic: what this process has noted it knows at once, for
 * what others have, or what became a dead letter, it asks the stream.
 */
@Injectable()
export class Followed {
  private readonly next = new Map<number, number>();
  private readonly noted = new EventEmitter().setMaxListeners(0);

  constructor(@InjectStream() private readonly stream: Pick<Stream, 'positions'>) {}

  /** Everything up to these places is noted. */
  note(places: readonly Place[]): void {
    for (const { partition, offset } of places) this.advance(partition, offset + 1);
    this.noted.emit('noted');
  }

  /** Waits a fifth of a second at the most for these places, and tells of each whether it is noted. */
  async upTo(places: readonly Place[]): Promise<(place: Place) => boolean> {
    const isNoted = ({ partition, offset }: Place) => offset < (this.next.get(partition) ?? 0);
    const deadline = performance.now() + patienceMs;
    let askedAt = performance.now();
    while (!places.every(isNoted) && performance.now() < deadline) {
      await this.notedSoon();
      if (performance.now() - askedAt < lookEveryMs || places.every(isNoted)) continue;
      await this.ask();
      askedAt = performance.now();
    }
    return isNoted;
  }

  /** Resolves when this process has noted something, and in any case when the next look is due. */
  private notedSoon(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.noted.off('noted', end);
        resolve();
      };
      const timer = setTimeout(end, lookEveryMs);
      this.noted.once('noted', end);
    });
  }

  private async ask(): Promise<void> {
    const positions = await this.stream.positions(topics.customers.name);
    for (const { partition, group, committed } of positions)
      if (group === followers) this.advance(partition, committed);
  }

  private advance(partition: number, next: number): void {
    this.next.set(partition, Math.max(next, this.next.get(partition) ?? 0));
  }
}
