import { Injectable } from '@nestjs/common';
import type { DeadLetter, Delivery, Where } from '@sestante/streaming';
import { DataSource } from 'typeorm';

/** Of one statement: values of 1 MiB, twice as long as they are written, have room in it. */
const mostAtOnce = 50;

/** What handlers could not use goes in here, and out again when they could. */
@Injectable()
export class KeepDeadLetters {
  constructor(private readonly dataSource: DataSource) {}

  /** Each once for its group, however often it comes. One that was driven again, and failed again, has the reason of today. */
  async keep(letters: readonly DeadLetter[]): Promise<void> {
    const each = [...new Map(letters.map((letter) => [placeOf(letter), letter])).values()];
    for (let from = 0; from < each.length; from += mostAtOnce) await this.add(each.slice(from, from + mostAtOnce));
  }

  /**
   * Those that were driven again, and could be used. Their rows may still be held by who drives them: found by their places alone, they are waited for.
   */
  async handled(deliveries: readonly Delivery[], { topic, group }: Where): Promise<void> {
    await this.dataSource.query(
      `delete from letters.dead_letter d using unnest($3::int[], $4::bigint[]) as e(partition, position)
        where d.group_name = $1 and d.topic = $2 and d.partition = e.partition and d.position = e.position`,
      [group, topic, deliveries.map(({ partition }) => partition), deliveries.map(({ offset }) => offset)],
    );
  }

  private async add(each: readonly DeadLetter[]): Promise<void> {
    await this.dataSource.query(
      `insert into letters.dead_letter as d (group_name, topic, partition, position, key, headers, value, reason)
       select g, t, p, o, k, h::json, v, r
         from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::bytea[], $6::text[], $7::bytea[], $8::text[])
           as e(g, t, p, o, k, h, v, r)
       on conflict (group_name, topic, partition, position) do update
          set reason = excluded.reason, failed_at = now(), redriven_at = null,
              attempts = d.attempts + (d.redriven_at is not null)::int`,
      [
        each.map(({ group }) => group),
        each.map(({ delivery }) => delivery.topic),
        each.map(({ delivery }) => delivery.partition),
        each.map(({ delivery }) => delivery.offset),
        each.map(({ delivery }) => Buffer.from(delivery.key)),
        each.map(({ delivery }) => JSON.stringify(delivery.headers)),
        each.map(({ delivery }) => Buffer.from(delivery.value)),
        each.map(({ reason }) => storable(reason)),
      ],
    );
  }
}

const placeOf = ({ group, delivery: { topic, partition, offset } }: DeadLetter) =>
  `${group} ${topic} ${partition} ${offset}`;

/** Postgres takes no NUL and no half surrogates in texts. */
const storable = (text: string) => text.replaceAll('\u0000', '').toWellFormed();
