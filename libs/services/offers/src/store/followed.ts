import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { prepared } from '@sestante/postgres';
import { DataSource } from 'typeorm';

/** A place on the topic of customers. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

const patienceMs = 200;
/** Another process does not tell when it has noted something. */
const lookEveryMs = 10;

/** How far this service has noted what customers say, in each partition of their topic: in this process, and in the others by a row each. */
@Injectable()
export class Followed {
  private readonly next = new Map<number, number>();
  private readonly noted = new EventEmitter().setMaxListeners(0);

  constructor(private readonly dataSource: DataSource) {}

  /** Everything up to these places is noted. */
  async advance(places: readonly Place[]): Promise<void> {
    const next = new Map<number, number>();
    for (const { partition, offset } of places) next.set(partition, Math.max(offset + 1, next.get(partition) ?? 0));
    const rows = [...next].sort(([a], [b]) => a - b);
    await prepared(this.dataSource, {
      name: 'offers-advance',
      text: `insert into offers.followed as f (partition, next_offset) select * from unnest($1::int[], $2::bigint[])
       on conflict (partition) do update set next_offset = greatest(f.next_offset, excluded.next_offset)`,
      values: [rows.map(([partition]) => partition), rows.map(([, offset]) => offset)],
    });
    for (const [partition, offset] of rows) this.note(partition, offset);
    this.noted.emit('noted');
  }

  /** Waits a fifth of a second at the most for these places, and tells of each whether it is noted. */
  async upTo(places: readonly Place[]): Promise<(place: Place) => boolean> {
    const isNoted = ({ partition, offset }: Place) => offset < (this.next.get(partition) ?? 0);
    const deadline = performance.now() + patienceMs;
    while (!places.every(isNoted) && performance.now() < deadline) {
      await this.notedOrLate();
      if (!places.every(isNoted)) await this.read();
    }
    return isNoted;
  }

  private notedOrLate(): Promise<void> {
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

  private async read(): Promise<void> {
    const rows = await prepared<{ partition: number; next_offset: string }>(this.dataSource, {
      name: 'offers-followed',
      text: 'select partition, next_offset from offers.followed',
      values: [],
    });
    for (const row of rows) this.note(row.partition, Number(row.next_offset));
  }

  private note(partition: number, next: number): void {
    this.next.set(partition, Math.max(next, this.next.get(partition) ?? 0));
  }
}
