import { Injectable } from '@nestjs/common';
import type { ExportPart } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { cancelExport } from './remove-exports.ts';

/** How many parts are read at a time. Each has about 256 KB. */
const pageSize = 4;

/** The files of exports, in parts. */
@Injectable()
export class ExportParts {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Stores a part, and notes if its service has sent all of them. If the customer has other members by then, the service may have read what is not of this
   * person: the export is cancelled. Parts of an export that is gone or cancelled, and those of a service that has sent all, are
   * ignored; so is a part that is delivered again.
   */
  add({ exportId, service, attemptId, part, isLast, asOf, file, items }: ExportPart): Promise<void> {
    return transaction(this.dataSource, async (client) => {
      const { rowCount } = await client.query(
        `select from profile.export e where export_id = $1 and cancelled_at is null
            and not exists (select from profile.export_answer a where a.export_id = e.export_id and a.service = $2) for no key update`,
        [exportId, service],
      );
      if (rowCount === 0) return;
      const json = JSON.stringify(items);
      await client.query(
        `insert into profile.export_part (export_id, service, attempt_id, part, is_last, file, items, bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
        [exportId, service, attemptId, part, isLast, file, json, Buffer.byteLength(json)],
      );
      const { rowCount: answered } = await client.query(
        `insert into profile.export_answer (export_id, service, attempt_id, as_of)
         select $1::uuid, $2::text, $3::uuid, $4::timestamptz from profile.export_part where export_id = $1 and service = $2 and attempt_id = $3
         having count(*) = max(part) filter (where is_last) + 1
         on conflict do nothing`,
        [exportId, service, attemptId, asOf],
      );
      if (answered !== 1) return;
      await client.query('delete from profile.export_part where export_id = $1 and service = $2 and attempt_id <> $3', [
        exportId,
        service,
        attemptId,
      ]);
      if (await hasOtherMembers(client, exportId)) await cancelExport(client, exportId);
    });
  }

  /** The files of an export that is ready, with the service and the instant of each. */
  files(exportId: string): Promise<{ name: string; service: string; asOf: Date }[]> {
    return this.dataSource.query(
      `select distinct file as name, service, as_of as "asOf"
         from profile.export_part join profile.export_answer using (export_id, service, attempt_id) where export_id = $1`,
      [exportId],
    );
  }

  /** The items of a file, in their order. A page of them at a time is in memory. */
  async *items(exportId: string, file: string): AsyncGenerator<unknown> {
    for (let after = -1; ;) {
      const page = await this.dataSource.query<{ part: number; items: unknown[] }[]>(
        `select part, items from profile.export_part join profile.export_answer using (export_id, service, attempt_id)
          where export_id = $1 and file = $2 and part > $3 order by part limit ${pageSize}`,
        [exportId, file, after],
      );
      for (const { items } of page) yield* items;
      if (page.length < pageSize) return;
      after = page.at(-1)!.part;
    }
  }
}

/** Whether the customer has members now that are not those of the export, or not all of them. */
async function hasOtherMembers(client: PoolClient, exportId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from profile.export e
      where export_id = $1
        and members <> array(select m.member_id from profile.member m join profile.member own using (customer_id)
                              where own.member_id = e.customer_id order by m.member_id)`,
    [exportId],
  );
  return rowCount === 1;
}
