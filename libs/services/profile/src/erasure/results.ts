import { type ErasingService, erasingServices, type ErasureDone, type Removed } from '@sestante/contracts';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** What is known about an erasure. */
export interface StoredErasure {
  readonly erasureId: string;
  readonly erasedAt: Date;
  /** Whether every service has done its part. */
  readonly isDone: boolean;
  readonly results: readonly StoredResult[];
}

export interface StoredResult {
  readonly service: ErasingService;
  readonly removed: readonly Removed[];
  readonly doneAt: string;
}

/** Which part of an erasure a service has done. */
type Part = Pick<ErasureDone, 'erasureId' | 'service' | 'part'>;

export async function hasResult(client: PoolClient, { erasureId, service, part }: Part): Promise<boolean> {
  const { rows } = await client.query(
    'select from profile.erasure_result where erasure_id = $1 and service = $2 and part = $3',
    [erasureId, service, part],
  );
  return rows.length > 0;
}

interface Database {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Adds what a service removed. A repeat changes nothing. */
export async function addResult(database: Database, { erasureId, service, part, removed, doneAt }: ErasureDone) {
  await database.query(
    `insert into profile.erasure_result (erasure_id, service, part, removed, done_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [erasureId, service, part, JSON.stringify(removed), doneAt],
  );
}

/** An erasure with the results so far, the services in their order; undefined if there is none with the id. */
export async function readErasure(dataSource: DataSource, erasureId: string): Promise<StoredErasure | undefined> {
  const [row] = await dataSource.query<
    { erasedAt: Date; parts: number; results: (StoredResult & { part: number })[] }[]
  >(
    `select erased_at as "erasedAt", parts,
            (select coalesce(json_agg(json_build_object('service', service, 'part', part, 'removed', removed, 'doneAt', done_at)
                                      order by part), '[]')
               from profile.erasure_result r where r.erasure_id = e.erasure_id) as results
       from profile.erasure e where erasure_id = $1`,
    [erasureId],
  );
  if (!row) return undefined;
  const { erasedAt, parts } = row;
  const ofService = (service: ErasingService) => row.results.filter((result) => result.service === service);
  const isDone = erasingServices.every((service) => ofService(service).length >= (partsOf[service] ?? parts));
  return { erasureId, erasedAt, isDone, results: erasingServices.flatMap(ofService) };
}

/** The services that have one result, however many identifiers the customer had. */
const partsOf: Partial<Record<ErasingService, number>> = { scoring: 1, offers: 1 };

/** The id of the erasure of a customer, by any id that it ever had. */
export async function findErasureOf(dataSource: DataSource, customerId: string): Promise<string | undefined> {
  const [row] = await dataSource.query<{ erasure_id: string }[]>(
    'select erasure_id from profile.erased_member where member_id = $1',
    [customerId],
  );
  return row?.erasure_id;
}
