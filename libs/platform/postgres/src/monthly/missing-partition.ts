import { type PartitionedTable } from './partition.ts';

/** There is no partition for a row, and none can be created now. Retriable: the reason is never the data. */
export class MissingPartition extends Error {
  readonly code = 'missing-partition';
  readonly retriable = true;
  constructor({ schema, table }: PartitionedTable, cause: unknown) {
    super(`${schema}.${table} has no partition for a row yet: ${(cause as Error).message}`, { cause });
    this.name = 'MissingPartition';
  }
}

/** Whether an insert found no partition. Its SQLSTATE is that of a violated check constraint, but no constraint is named. */
export function isMissingPartition(error: unknown, { schema, table }: PartitionedTable): boolean {
  const fields = (error ?? {}) as Partial<Record<'code' | 'schema' | 'table' | 'constraint', string>>;
  return (
    fields.code === '23514' && fields.schema === schema && fields.table === table && fields.constraint === undefined
  );
}
