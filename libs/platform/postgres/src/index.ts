export {
  bigintArray,
  byteaArray,
  doubleArray,
  intArray,
  InvalidUuid,
  jsonArray,
  textArray,
  timestampArray,
  uuidArray,
} from './binary-arrays.ts';
export { wordsInBytes } from './bytes.ts';
export { connect } from './connect.ts';
export { type DataSourceOptions, dataSourceOf } from './data-source.ts';
export { type Cluster, type ClusterOptions, startCluster } from './embedded/cluster.ts';
export { usableMemory } from './embedded/shared-buffers.ts';
export { isRetriable, reasonOf } from './errors.ts';
export { inOrder } from './in-order.ts';
export type { BeforeDrop } from './monthly/drop-partition.ts';
export { MissingPartition } from './monthly/missing-partition.ts';
export { type Instant, InvalidInstant } from './monthly/month.ts';
export { MonthlyPartitions } from './monthly/monthly-partitions.ts';
export type { Partition, PartitionedTable } from './monthly/partition.ts';
export type { Removal, RemovalOptions } from './monthly/remove-expired.ts';
export { withOwnClient } from './own-client.ts';
export { prepared } from './prepared.ts';
export { insertingNew, isUniqueViolation, Race } from './race.ts';
export { transaction, withClient } from './transaction.ts';
