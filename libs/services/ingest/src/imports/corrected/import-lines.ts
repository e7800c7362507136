import { Injectable } from '@nestjs/common';
import { Problem } from '@sestante/runtime';
import { DataSource } from 'typeorm';
import { lineIdOf } from '../../types/line-id.ts';
import { entryBytes, type LineEntry, packed, unpacked } from './line-entry.ts';
import { PreviousLines } from './previous-lines.ts';

/** The most lines without message ids of an import that can be corrected. They need about 70 MB of memory then. */
export const mostLinesCorrected = 2_000_000;
const pageSize = 100;

interface Row {
  readonly revision: number;
  readonly line: number;
  readonly taken: Buffer;
}

/** The stored lines of imports, without those that have message ids. */
@Injectable()
export class ImportLines {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores the lines of a batch. Lines that were rejected in an earlier attempt are stored already. */
  async save(importId: string, revision: number, entries: readonly LineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.dataSource.query(
      `insert into ingest.import_line (import_id, revision, line, taken) values ($1, $2, $3, $4)
       on conflict (import_id, revision, line) do update set taken = excluded.taken`,
      [importId, revision, entries[0]!.line, packed(entries)],
    );
  }

  /** All lines of an import. Throws `Problem` 413 if there are too many. */
  async load(importId: string): Promise<PreviousLines> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `select coalesce(sum(octet_length(taken)), 0)::float8 / ${entryBytes} as count from ingest.import_line where import_id = $1`,
      [importId],
    );
    if (count > mostLinesCorrected) throw tooMany();
    const lines = new PreviousLines(count);
    let last = { revision: 0, line: 0 };
    for (let from = { revision: 0, line: 0 }; ;) {
      const rows = await this.page(importId, from);
      for (const { revision, taken } of rows)
        for (const entry of unpacked(taken)) {
          // After a crash, batches may have started at other lines: each line counts once.
          if (revision === last.revision && entry.line <= last.line) continue;
          last = { revision, line: entry.line };
          lines.add(entry, revision);
        }
      if (rows.length < pageSize) return lines;
      from = rows.at(-1)!;
    }
  }

  /** Deletes the rejected events of these lines, before they are judged again. */
  async dropRejected(lineIds: readonly string[]): Promise<void> {
    await this.dataSource.query('delete from ingest.rejected where place = any($1::text[])', [lineIds]);
  }

  /** Deletes the rejected lines of an import that were stored before an instant: the corrected file does not contain them any more. */
  async dropRejectedBefore(importId: string, instant: Date): Promise<void> {
    await this.dataSource.query('delete from ingest.rejected where place like $1 and received_at < $2', [
      lineIdOf(importId, '%'),
      instant,
    ]);
  }

  /** Deletes the lines of imports without progress for this many days: their files cannot be corrected any more. Resolves to the number of deleted batches. */
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
    `More than ${mostLinesCorrected} lines have no message id. Send only the corrected lines, as a new import.`,
  );
