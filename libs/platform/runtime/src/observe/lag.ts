import { foreignTopics, topics } from '@sestante/contracts';
import type { Position, Stream } from '@sestante/streaming';

/** The number of messages of a topic that a group has not read yet. */
export interface Lag {
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
}

/**
 * The lag of every group that has ever read one of the topics of Sestante. The topics are read one after another, in the order in which a message passes
 * through them: if no group has a lag, everything that was published before is processed to the end.
 */
export async function readLag(stream: Pick<Stream, 'positions'>): Promise<Lag[]> {
  const positions: Position[][] = [];
  for (const { name } of Object.values({ ...foreignTopics, ...topics }))
    positions.push([...(await stream.positions(name))]);
  const lags = new Map<string, Lag>();
  for (const { topic, group, end, committed } of positions.flat()) {
    if (group === '') continue;
    const before = lags.get(`${topic} ${group}`)?.messages ?? 0;
    lags.set(`${topic} ${group}`, { topic, group, messages: before + Math.max(0, end - committed) });
  }
  return [...lags.values()];
}
