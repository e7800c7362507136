import { compileModel } from '@sestante/engagement';
import { dataSourceOf } from '@sestante/postgres';
import type { DataSource } from 'typeorm';
import { customersFrom, randomStart } from '../store/customer-ids.ts';
import { verifyCustomers } from './verify-customers.ts';

/** The result of a verification. */
export interface Verification {
  /** The version of the live model. */
  readonly model: string;
  readonly customers: number;
  /** The largest difference of a score, in points. */
  readonly largest: number;
  /** The customer that has it; undefined if nothing differs. */
  readonly customerId: string | undefined;
}

const customersAtOnce = 100;

/**
 * Computes the scores of customers from their activities, and compares them with the stored ones, beside running processes. Changes nothing.
 *
 * @param url the database: postgres://user:password@host:port/database
 * @param most how many customers; from a random one on, in the order of their ids. All, if absent
 */
export async function verifyScores(url: string, most = Number.POSITIVE_INFINITY): Promise<Verification> {
  const dataSource = dataSourceOf({ url, schema: 'scoring', migrations: [], poolSize: 2 });
  await dataSource.initialize();
  try {
    return await verify(dataSource, most);
  } finally {
    await dataSource.destroy();
  }
}

async function verify(dataSource: DataSource, most: number): Promise<Verification> {
  const [live] = await dataSource.query<{ model_id: number; document: unknown }[]>(
    `select model_id, document from scoring.model where status = 'live'`,
  );
  if (!live) throw new Error('The database has no live model.');
  const loaded = { modelId: live.model_id, model: compileModel(live.document) };
  let result: Verification = { model: loaded.model.version, customers: 0, largest: 0, customerId: undefined };
  const from = most === Number.POSITIVE_INFINITY ? undefined : await randomStart(dataSource, loaded.modelId);
  for await (const customerIds of customersFrom(dataSource, loaded.modelId, { from, most, atOnce: customersAtOnce })) {
    const verified = await verifyCustomers(dataSource, loaded, { customerIds, at: Date.now() });
    for (const { customerId, difference } of verified)
      if (difference > result.largest) result = { ...result, largest: difference, customerId };
    result = { ...result, customers: result.customers + verified.length };
  }
  return result;
}
