import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A place on the topic of customers. */
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

const lookEveryMs = 5;
const looks = 40;

/** How far this service has noted what customers say, in each partition of their topic: in this process, and in the others by a row each. */
@Injectable()
export class Followed {
  private readonly next = new Map<number, number>();

  constructor(private readonly dataSource: DataSource) {}

  /** Everything up to this place is noted. */
  async advance({ partition, offset }: Place): Promise<void> {
    await this.dataSource.query(
      `insert into offers.followed as f (partition, next_offset) values ($1, $2)
       on conflict (partition) do update set next_offset = greatest(f.next_offset, excluded.next_offset)`,
      [partition, offset + 1],
    );
    this.note(partition, offset + 1);
  }

  /** Waits a fifth of a second at the most for these places, and tells of each whether it is noted. */
  async upTo(places: readonly Place[]): Promise<(place: Place) => boolean> {
    const isNoted = ({ partition, offset }: Place) => offset < (this.next.get(partition) ?? 0);
    for (let look = 0; look < looks && !places.every(isNoted); look += 1) {
      await this.read();
      if (!places.every(isNoted)) await pause(lookEveryMs);
    }
    return isNoted;
  }

  private async read(): Promise<void> {
    const rows = await this.dataSource.query<{ partition: number; next_offset: string }[]>(
      'select partition, next_offset from offers.followed',
    );
    for (const row of rows) this.note(row.partition, Number(row.next_offset));
  }

  private note(partition: number, next: number): void {
    this.next.set(partition, Math.max(next, this.next.get(partition) ?? 0));
  }
}
