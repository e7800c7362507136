import { Injectable } from '@nestjs/common';
import { type DeadLetter, largestValueBytes, type Stream, toRedriven, UnpublishableMessage } from '@sestante/streaming';
import { DataSource, type EntityManager } from 'typeorm';
import { notFound, Problem } from '../http/problem.ts';
import { InjectStream } from '../tokens.ts';
import { DeadLetters } from './dead-letters.ts';
import { filterCondition, type LetterFilter, parameters } from './letter-filter.ts';
import type { RedrivenLetters } from './dead-letter-response.ts';

/** The largest number of dead letters that one request redrives. */
export const maxRedriven = 10_000;
/** Dead letters of one transaction: values of 1 MiB fit into memory. */
const pageSize = 50;

interface Row {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer;
  readonly headers: Record<string, string>;
  readonly value: Buffer;
  readonly failedAt: Date;
}

interface Page {
  /** Undefined for all that are not being redriven, with ids above `after`. */
  readonly id?: string;
  readonly after: string;
}

/**
 * Publishes dead letters on their topics again, for their group only. The group reads them like any message, in the order of their keys after
 * earlier messages. A message that it handles is removed; one that fails again is stored with the new reason.
 */
@Injectable()
export class RedriveDeadLetters {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: DeadLetters,
    @InjectStream() private readonly stream: Stream,
  ) {}

  /** Redrives one dead letter, even if it is being redriven: handlers are idempotent. Throws 404, 409, 503. */
  async one(id: string): Promise<void> {
    const rows = await this.page({ ids: [id] }, { id, after: '0' });
    if (rows.length === 0) throw notFound('dead letter');
  }

  /** Redrives those of the filter that are not being redriven, with ids above `after`, oldest first, at most `maxRedriven`. Throws 503. */
  async all(filter: LetterFilter, after = '0'): Promise<RedrivenLetters> {
    let redriven = 0;
    let next: string | null = after;
    while (next !== null && redriven < maxRedriven) {
      const rows: readonly Row[] = await this.page(filter, { after: next });
      redriven += rows.length;
      next = rows.length < pageSize ? null : rows.at(-1)!.id;
    }
    return { redriven, next };
  }

  /** The rows are locked until the messages are durable: a handler that finishes earlier waits before it updates them. */
  private page(filter: LetterFilter, page: Page): Promise<readonly Row[]> {
    return this.dataSource.transaction(async (manager) => {
      const rows = await this.lockRows(manager, filter, page);
      for (const [topic, letters] of byTopic(rows)) await this.publish(topic, letters);
      await manager.query('update letters.dead_letter set redriven_at = now() where id = any($1::bigint[])', [
        rows.map(({ id }) => id),
      ]);
      return rows;
    });
  }

  private lockRows(manager: EntityManager, filter: LetterFilter, { id, after }: Page): Promise<Row[]> {
    const waiting = `and d.redriven_at is null and octet_length(d.value) <= ${largestValueBytes}`;
    return manager.query<Row[]>(
      `select d.id::text, d.group_name as "group", d.topic, d.partition, d.position::float8 as "offset", d.key, d.headers, d.value,
              d.failed_at as "failedAt"
         from letters.dead_letter d
        where ${filterCondition} and d.id > $6::bigint ${id === undefined ? waiting : ''} order by d.id limit ${pageSize} for update`,
      [...parameters(this.letters.groups, filter), after],
    );
  }

  private async publish(topic: string, letters: readonly DeadLetter[]): Promise<void> {
    try {
      await this.stream.publish(topic, letters.map(toRedriven));
    } catch (error) {
      const problem =
        error instanceof UnpublishableMessage
          ? new Problem(
              409,
              'dead-letter-too-large',
              'The message is larger than the stream accepts. It cannot be redriven, only removed.',
            )
          : new Problem(503, 'stream-unavailable', 'The message could not be published. Retry later.');
      throw Object.assign(problem, { cause: error });
    }
  }
}

function byTopic(rows: readonly Row[]): Map<string, DeadLetter[]> {
  const topics = new Map<string, DeadLetter[]>();
  for (const row of rows) topics.set(row.topic, [...(topics.get(row.topic) ?? []), toDeadLetter(row)]);
  return topics;
}

function toDeadLetter({ group, topic, partition, offset, key, headers, value, failedAt }: Row): DeadLetter {
  const delivery = {
    topic,
    partition,
    offset,
    key: key.toString(),
    headers,
    value: value.toString(),
    publishedAt: failedAt.getTime(),
  };
  return { group, delivery, reason: '' };
}
