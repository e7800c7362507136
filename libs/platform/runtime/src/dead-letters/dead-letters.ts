import { Injectable } from '@nestjs/common';
import { wordsInBytes } from '@sestante/postgres';
import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import { type ErasedPerson, eraseLettersNaming, eraseLettersOf, placesOf } from './erase-letters.ts';
import { filterCondition, type LetterFilter, parameters } from './letter-filter.ts';
import type { DeadLetterCount, DeadLetterResponse } from './dead-letter-response.ts';

/** The largest part of a value in a list, in bytes. */
const maxListedBytes = 64 * 1024;

type Row = Omit<DeadLetterResponse, 'key' | 'value' | 'failedAt' | 'redrivenAt'> & {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly failedAt: Date;
  readonly redrivenAt: Date | null;
};

const columns = (bytes: string) =>
  `d.id::text, d.group_name as "group", d.topic, d.partition, d.position::float8 as "offset", d.key, d.headers, ${bytes} as value,
   octet_length(d.value) as "valueBytes", d.reason, d.attempts, d.failed_at as "failedAt", d.redriven_at as "redrivenAt"`;

/** The dead letters of the groups of this process. Another process has those of its own groups, in this database or in another one. */
@Injectable()
export class DeadLetters {
  private ownGroups: readonly string[] | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Sets the groups of this process. */
  setGroups(groups: readonly string[]): void {
    this.ownGroups = groups;
  }

  get groups(): readonly string[] {
    if (!this.ownGroups) throw Object.assign(new Error('The handlers are not subscribed yet.'), { retriable: true });
    return this.ownGroups;
  }

  /** At most `limit` dead letters, newest first, with ids below `before`. */
  async list(
    filter: LetterFilter,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<DeadLetterResponse[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns(`substring(d.value for ${maxListedBytes})`)} from letters.dead_letter d
        where ${filterCondition} and ($6::bigint is null or d.id < $6) order by d.id desc limit $7`,
      [...parameters(this.groups, filter), before ?? null, limit],
    );
    return rows.map(toResponse);
  }

  /** One dead letter with its whole value; undefined if there is none with this id. */
  async read(id: string): Promise<DeadLetterResponse | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns('d.value')} from letters.dead_letter d where ${filterCondition}`,
      parameters(this.groups, { ids: [id] }),
    );
    return row && toResponse(row);
  }

  /** The number of dead letters by group and topic, largest first. */
  async counts(filter: LetterFilter): Promise<DeadLetterCount[]> {
    return this.dataSource.query<DeadLetterCount[]>(
      `select d.group_name as "group", d.topic, count(*)::int as count from letters.dead_letter d
        where ${filterCondition} group by 1, 2 order by count desc, 1, 2`,
      parameters(this.groups, filter),
    );
  }

  /** Removes dead letters permanently. Resolves to their number. */
  async remove(filter: LetterFilter): Promise<number> {
    return this.removeWhere(filterCondition, parameters(this.groups, filter));
  }

  /** Removes dead letters that contain the text in the value, the key, the headers or the reason. Resolves to their number. */
  erase(text: string): Promise<number> {
    const written = JSON.stringify(text).slice(1, -1);
    const places = placesOf((bytes) => `encode(${bytes}, 'escape') ~* any($2::text[])`);
    return this.removeWhere(`d.group_name = any($1) and (${places})`, [this.groups, wordsInBytes([text, written])]);
  }

  /**
   * Removes dead letters about a person who was erased, in the transaction of the client. The messages of the erasure itself stay: a redrive completes it.
   * Resolves to their number.
   */
  async erasePerson(client: ClientBase, person: ErasedPerson): Promise<number> {
    return (
      (await eraseLettersOf(client, this.groups, person)) + (await eraseLettersNaming(client, this.groups, person))
    );
  }

  /** Removes dead letters that failed more than `days` days ago. Resolves to their number. */
  async removeOlderThan(days: number): Promise<number> {
    return this.removeWhere('d.failed_at < now() - make_interval(days => $1)', [days]);
  }

  private async removeWhere(condition: string, values: unknown[]): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `delete from letters.dead_letter d where ${condition}`,
      values,
    );
    return count;
  }
}

function toResponse({ key, value, failedAt, redrivenAt, ...row }: Row): DeadLetterResponse {
  return {
    ...row,
    key: key.toString(),
    value: value.toString(),
    failedAt: failedAt.toISOString(),
    redrivenAt: redrivenAt?.toISOString() ?? null,
  };
}
