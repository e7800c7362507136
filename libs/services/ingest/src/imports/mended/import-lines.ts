import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { lineIdOf } from '../../types/line-id.ts';
import { entryBytes, type LineEntry, packed, unpacked } from './line-entry.ts';
import { TakenLines } from './taken-lines.ts';

/** The most lines without ids of an import that can be mended: they are in memory then, some 70 MB of them. */
export const mostLinesMended = 2_000_000;
const pageSize = 100;

interface Row {
  readonly revision: number;
  readonly line: number;
  readonly taken: Buffer;
}

/** What is remembered of the lines of imports that have no ids of their own. */
@Injectable()
export class ImportLines {
  constructor(private readonly dataSource: DataSource) {}

  /** Remembers the lines of a batch. Those that were rejected in an earlier try and are taken again are remembered already. */
  async save(importId: string, revision: number, entries: readonly LineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.dataSource.query(
      `insert into ingest.import_line (import_id, revision, line, taken) values ($1, $2, $3, $4)
       on conflict (import_id, revision, line) do update set taken = excluded.taken`,
      [importId, revision, entries[0]!.line, packed(entries)],
    );
  }

  /** All lines of an import. Throws `Problem` 413 where they are too many. */
  async load(importId: string): Promise<TakenLines> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `select coalesce(sum(octet_length(taken)), 0)::float8 / ${entryBytes} as count from ingest.import_line where import_id = $1`,
      [importId],
    );
    if (count > mostLinesMended) throw tooMany();
    const lines = new TakenLines(count);
    let last = { revision: 0, line: 0 };
    for (let from = { revision: 0, line: 0 }; ;) {
      const rows = await this.page(importId, from);
      for (const { revision, taken } of rows)
        for (const entry of unpacked(taken)) {
          // After a process has died, batches may have begun elsewhere: a line counts once.
          if (revision === last.revision && entry.line <= last.line) continue;
          last = { revision, line: entry.line };
          lines.add(entry, revision);
        }
      if (rows.length < pageSize) return lines;
      from = rows.at(-1)!;
    }
  }

  /** These lines are about to be judged again. */
  async dropRejected(places: readonly string[]): Promise<void> {
    await this.dataSource.query('delete from ingest.rejected where place = any($1::text[])', [places]);
  }

  /** Removes the rejected lines of an import that were kept before an instant: the mended file does not have them any more. */
  async dropRejectedBefore(importId: string, instant: Date): Promise<void> {
    await this.dataSource.query('delete from ingest.rejected where place like $1 and received_at < $2', [
      lineIdOf(importId, '%'),
      instant,
    ]);
  }

  /** Forgets the lines of imports of which nothing was heard for so many days: their files cannot be mended any more. Resolves to of how many batches that were. */
  async forget(days: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `with forgotten as (
         update ingest.import set are_lines_known = false
          where are_lines_known and updated_at < now() - make_interval(days => $1) returning id)
       delete from ingest.import_line where import_id in (select id from forgotten)`,
      [days],
    );
    return count;
  }

  private page(importId: string, { revision, line }: Pick<Row, 'revision' | 'line'>): Promise<Row[]> {
    return this.dataSource.query<Row[]>(
      `select revision, line, taken from ingest.import_line
        where import_id = $1 and (revision, line) > ($2, $3) order by revision, line limit ${pageSize}`,
      [importId, revision, line],
    );
  }
}

const tooMany = () =>
  new Problem(
    413,
    'import-too-long',
    `More than ${mostLinesMended} lines have no ids of their own: send the mended lines alone, as an import of their own.`,
  );
