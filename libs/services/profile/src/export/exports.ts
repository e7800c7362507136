import { Injectable } from '@nestjs/common';
import type { ExportingService } from '@sestante/contracts';
import { transaction } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { opened, type OpenedExport, type Requester } from './open-export.ts';
import { cancelExport, removeExports } from './remove-exports.ts';

/** An export and what it has so far. */
export interface StoredExport {
  readonly exportId: string;
  /** The present id of the customer. */
  readonly customerId: string;
  readonly requester: Requester;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  /** It was cancelled, also because the members changed while it was collected; or its members do not belong to one customer any more. */
  readonly isCancelled: boolean;
  readonly isExpired: boolean;
  /** When each service read its files; of those that have sent all of them. */
  readonly asOf: ReadonlyMap<ExportingService, Date>;
  /** In bytes of JSON. */
  readonly size: number;
}

/** The exports of customers. */
@Injectable()
export class Exports {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes that all services were asked. */
  async markTold(database: Pick<PoolClient, 'query'> | DataSource, exportId: string): Promise<void> {
    await (database as DataSource).query('update profile.export set is_told = true where export_id = $1', [exportId]);
  }

  /** The exports that no service was asked for, because a process crashed. */
  findUntold(): Promise<OpenedExport[]> {
    return this.dataSource.query(
      `select ${opened} from profile.export
        where not is_told and cancelled_at is null and expires_at > now()`,
    );
  }

  /** Undefined if there is none, or if nothing is known of its customer any more. */
  async find(exportId: string): Promise<StoredExport | undefined> {
    const [row] = await this.dataSource.query<(Omit<StoredExport, 'asOf'> & { asOf: Record<string, string> })[]>(
      `select e.export_id as "exportId", own.customer_id as "customerId", e.requester, e.requested_at as "requestedAt", e.expires_at as "expiresAt",
              e.expires_at <= now() as "isExpired", e.cancelled_at is not null or present.count < cardinality(e.members) as "isCancelled",
              (select coalesce(json_object_agg(service, as_of), '{}') from profile.export_answer a where a.export_id = e.export_id) as "asOf",
              (select coalesce(sum(bytes), 0)::float8 from profile.export_part p where p.export_id = e.export_id) as size
         from profile.export e
         join profile.member own on own.member_id = e.customer_id
        cross join lateral (
                select count(*) from profile.member m where m.member_id = any(e.members) and m.customer_id = own.customer_id) present
        where e.export_id = $1`,
      [exportId],
    );
    if (!row) return undefined;
    const asOf = Object.entries(row.asOf).map(([service, at]) => [service as ExportingService, new Date(at)] as const);
    return { ...row, asOf: new Map(asOf) };
  }

  /** Removes the files of an export. It stays known as cancelled. */
  cancel(exportId: string): Promise<void> {
    return transaction(this.dataSource, (client) => cancelExport(client, exportId));
  }

  /**
   * Removes the files of exports that have expired and those without an export, and forgets exports that expired a month ago. Resolves to how many lost their
   * files.
   */
  removeExpired(): Promise<number> {
    return transaction(this.dataSource, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `with removed as (
           delete from profile.export_part
            where export_id in (select export_id from profile.export where expires_at <= now()) returning export_id)
         select count(distinct export_id)::int as count from removed`,
      );
      await removeExports(client, `expires_at <= now() - interval '30 days'`, []);
      for (const table of ['export_part', 'export_answer'])
        await client.query(
          `delete from profile.${table} o where not exists (select from profile.export e where e.export_id = o.export_id)`,
        );
      return rows[0]!.count;
    });
  }
}
