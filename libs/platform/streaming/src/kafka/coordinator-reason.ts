// @ts-expect-error: kafkajs publishes no types for its inside.
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
 * kafkajs 2.2.4 asks one broker after the other who coordinates a group, forgets why each could not say, and rejects with "Failed to find group
 * coordinator", also where the user may not read the group. With this call it rejects with what a broker answers.
 */
export function tellCoordinatorReasons(): void {
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

const fixed = Symbol('sestante: reasons of coordinators told');
