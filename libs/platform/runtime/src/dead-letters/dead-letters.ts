import { Injectable } from '@nestjs/common';
import { wordInBytes } from '@sestante/postgres';
import { DataSource } from 'typeorm';
import { isMeant, type LetterFilter, parameters } from './letter-filter.ts';
import type { DeadLetterCount, ShownDeadLetter } from './shown-dead-letter.ts';

/** The most bytes of a value that a list shows. */
const mostShown = 64 * 1024;

type Row = Omit<ShownDeadLetter, 'key' | 'value' | 'failedAt' | 'redrivenAt'> & {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly failedAt: Date;
  readonly redrivenAt: Date | null;
};

const columns = (bytes: string) =>
  `d.id::text, d.group_name as "group", d.topic, d.partition, d.position::float8 as "offset", d.key, d.headers, ${bytes} as value,
   octet_length(d.value) as "valueBytes", d.reason, d.attempts, d.failed_at as "failedAt", d.redriven_at as "redrivenAt"`;

/** The dead letters of the groups that work in this process. Another process keeps those of its own, in this database or in another one. */
@Injectable()
export class DeadLetters {
  private begun: readonly string[] | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Which groups work here. */
  begin(groups: readonly string[]): void {
    this.begun = groups;
  }

  get groups(): readonly string[] {
    if (!this.begun)
      throw Object.assign(new Error('The handlers are not subscribed yet.'), { code: '57P03', retriable: true });
    return this.begun;
  }

  /** The newest first, those before `before` (an id), at most `limit`. */
  async list(
    filter: LetterFilter,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<ShownDeadLetter[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns(`substring(d.value for ${mostShown})`)} from letters.dead_letter d
        where ${isMeant} and ($6::bigint is null or d.id < $6) order by d.id desc limit $7`,
      [...parameters(this.groups, filter), before ?? null, limit],
    );
    return rows.map(shown);
  }

  /** With its whole value. Undefined where there is none of this id. */
  async read(id: string): Promise<ShownDeadLetter | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `select ${columns('d.value')} from letters.dead_letter d where ${isMeant}`,
      parameters(this.groups, { ids: [id] }),
    );
    return row && shown(row);
  }

  /** How many there are of each group and topic, the most first. */
  async counts(filter: LetterFilter): Promise<DeadLetterCount[]> {
    return this.dataSource.query<DeadLetterCount[]>(
      `select d.group_name as "group", d.topic, count(*)::int as count from letters.dead_letter d
        where ${isMeant} group by 1, 2 order by count desc, 1, 2`,
      parameters(this.groups, filter),
    );
  }

  /** Removes them for good. Resolves to how many that were. */
  async remove(filter: LetterFilter): Promise<number> {
    return this.removeWhere(isMeant, parameters(this.groups, filter));
  }

  /** Removes those in which a text stands: in the value, the key, the headers, the reason. Resolves to how many that were. */
  async erase(text: string): Promise<number> {
    const written = JSON.stringify(text).slice(1, -1);
    const patterns = [...new Set([text, written])].map(wordInBytes);
    return this.removeWhere(
      `d.group_name = any($1) and (encode(d.value, 'escape') ~* any($2) or encode(d.key, 'escape') ~* any($2)
          or encode(convert_to(d.headers::text || d.reason, 'UTF8'), 'escape') ~* any($2))`,
      [this.groups, patterns],
    );
  }

  /** Removes what failed more than so many days ago. Resolves to how many that were. */
  async forget(days: number): Promise<number> {
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

function shown({ key, value, failedAt, redrivenAt, ...row }: Row): ShownDeadLetter {
  return {
    ...row,
    key: key.toString(),
    value: value.toString(),
    failedAt: failedAt.toISOString(),
    redrivenAt: redrivenAt?.toISOString() ?? null,
  };
}
