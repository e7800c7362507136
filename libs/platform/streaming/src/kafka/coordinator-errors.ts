// @ts-expect-error: kafkajs publishes no types for its internals.
import Cluster from 'kafkajs/src/cluster/index.js';

interface Lookup {
  readonly groupId: string;
  readonly coordinatorType: number;
}

interface Pool {
  findConnectedBroker(): Promise<{ findGroupCoordinator(lookup: Lookup): Promise<unknown> }>;
}

interface Inside {
  readonly brokerPool: Pool;
  findGroupCoordinatorMetadata(lookup: Lookup): Promise<unknown>;
}

/**
 * kafkajs 2.2.4 asks each broker for the coordinator of a group, discards their errors, and rejects with "Failed to find group coordinator", even
 * if the user is not allowed to read the group. After this call it rejects with the error of a broker.
 */
export function fixCoordinatorErrors(): void {
  const cluster = Cluster.prototype as Inside & { [fixed]?: true };
  if (cluster[fixed]) return;
  const find = cluster.findGroupCoordinatorMetadata;
  cluster.findGroupCoordinatorMetadata = async function (this: Inside, lookup: Lookup) {
    try {
      return await find.call(this, lookup);
    } catch (error) {
      if ((error as Error).name !== 'KafkaJSGroupCoordinatorNotFound') throw error;
      const broker = await this.brokerPool.findConnectedBroker();
      await broker.findGroupCoordinator(lookup);
      throw error;
    }
  };
  cluster[fixed] = true;
}

const fixed = Symbol('sestante: errors of coordinators fixed');
