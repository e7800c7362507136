export { wordInBytes } from './bytes.ts';
export { connect } from './connect.ts';
export { type DataSourceOptions, dataSourceOf } from './data-source.ts';
export { type Cluster, type ClusterOptions, startCluster } from './embedded/cluster.ts';
export { isRetriable, reasonOf } from './errors.ts';
export { lines, uuids } from './lines.ts';
export { prepared } from './prepared.ts';
export { Race } from './race.ts';
export { transaction, withClient } from './transaction.ts';
