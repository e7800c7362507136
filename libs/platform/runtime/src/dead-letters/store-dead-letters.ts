import { Injectable } from '@nestjs/common';
import type { DeadLetter, Delivery, HandlerContext } from '@sestante/streaming';
import { DataSource } from 'typeorm';

/** Rows of one statement: it has room for values of 1 MiB, which take twice their length in it. */
const maxRows = 50;

/** Stores messages that handlers could not handle, and removes them when a redrive succeeds. */
@Injectable()
export class StoreDeadLetters {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores each message once per group, even if it is delivered again. A message that fails again after a redrive gets the new reason. */
  async store(letters: readonly DeadLetter[]): Promise<void> {
    const distinct = [...new Map(letters.map((letter) => [positionKey(letter), letter])).values()];
    for (let from = 0; from < distinct.length; from += maxRows) await this.add(distinct.slice(from, from + maxRows));
  }

  /**
   * Removes redriven messages that were handled. The redrive may still lock their rows; the delete finds them by position only, so that it waits
   * for the lock.
   */
  async removeHandled(deliveries: readonly Delivery[], { topic, group }: HandlerContext): Promise<void> {
    await this.dataSource.query(
      `delete from letters.dead_letter d using unnest($3::int[], $4::bigint[]) as e(partition, position)
        where d.group_name = $1 and d.topic = $2 and d.partition = e.partition and d.position = e.position`,
      [group, topic, deliveries.map(({ partition }) => partition), deliveries.map(({ offset }) => offset)],
    );
  }

  private async add(letters: readonly DeadLetter[]): Promise<void> {
    await this.dataSource.query(
      `insert into letters.dead_letter as d (group_name, topic, partition, position, key, headers, value, reason)
       select g, t, p, o, k, h::json, v, r
         from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::bytea[], $6::text[], $7::bytea[], $8::text[])
           as e(g, t, p, o, k, h, v, r)
       on conflict (group_name, topic, partition, position) do update
          set reason = excluded.reason, failed_at = now(), redriven_at = null,
              attempts = d.attempts + (d.redriven_at is not null)::int`,
      [
        letters.map(({ group }) => group),
        letters.map(({ delivery }) => delivery.topic),
        letters.map(({ delivery }) => delivery.partition),
        letters.map(({ delivery }) => delivery.offset),
        letters.map(({ delivery }) => Buffer.from(delivery.key)),
        letters.map(({ delivery }) => JSON.stringify(delivery.headers)),
        letters.map(({ delivery }) => Buffer.from(delivery.value)),
        letters.map(({ reason }) => storable(reason)),
      ],
    );
  }
}

const positionKey = ({ group, delivery: { topic, partition, offset } }: DeadLetter) =>
  `${group} ${topic} ${partition} ${offset}`;

/** Postgres accepts neither NUL nor lone surrogates in text. */
const storable = (text: string) => text.replaceAll('\u0000', '').toWellFormed();
