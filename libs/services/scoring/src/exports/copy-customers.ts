import { withOwnClient } from '@sestante/postgres';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import type { CustomerCondition } from '../audiences/condition-of.ts';
import { copies, type Format } from './file-format.ts';

export interface AskedFile {
  readonly format: Format;
  /** Which customers; all of the live model if it is absent. */
  readonly condition?: CustomerCondition | undefined;
}

/** An export ends after this, also if its reader is slower: it keeps the server from removing old versions of rows. */
const longestExport = '1h';

/**
 * What Postgres writes of the customers, in pieces, as fast as they are read. Postgres makes the texts itself: to parse and print 27 numbers a row in JavaScript
 * takes longer than to compute them. COPY has no parameters, so the customers of a condition are selected into a temporary table before.
 */
export function copyCustomers(dataSource: DataSource, { format, condition }: AskedFile): AsyncGenerator<Buffer> {
  return withOwnClient(dataSource, async function* (client) {
    await client.query(`begin; set local jit = off; set local statement_timeout = '${longestExport}'`);
    const from = condition ? await selected(client, condition) : 'bi.customers';
    const { select, options } = copies[format];
    yield* client.query(copyTo(`copy (select ${select} from ${from}) to stdout with (${options})`));
    await client.query('commit');
  });
}

async function selected(client: ClientBase, { text, values }: CustomerCondition): Promise<string> {
  await client.query('create temporary table selected (customer_id uuid not null) on commit drop');
  await client.query(`insert into pg_temp.selected select c.customer_id from scoring.customer_score c where ${text}`, [
    ...values,
  ]);
  await client.query('analyze pg_temp.selected');
  return 'pg_temp.selected join bi.customers using (customer_id)';
}
