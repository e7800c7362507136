import type { QueryRunner } from 'typeorm';
import { migrations } from '../audit/audit-table.ts';

/** Creates the table of the audit log in a database without a running service. */
export async function createAuditLog(query: (sql: string) => Promise<unknown>): Promise<void> {
  await query('create schema audit');
  for (const Migration of migrations) await new Migration().up({ query } as QueryRunner);
}
