import { foreignTopics, topics } from '@sestante/contracts';
import type { Stream } from '@sestante/streaming';

/** The number of messages of a topic that a group has not read yet. */
export interface Lag {
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
}

/** The lag of every group that has ever read one of the topics of Sestante. */
export async function readLag(stream: Pick<Stream, 'positions'>): Promise<Lag[]> {
  const positions = await Promise.all(
    Object.values({ ...topics, ...foreignTopics }).map(({ name }) => stream.positions(name)),
  );
  const lags = new Map<string, Lag>();
  for (const { topic, group, end, committed } of positions.flat()) {
    if (group === '') continue;
    const before = lags.get(`${topic} ${group}`)?.messages ?? 0;
    lags.set(`${topic} ${group}`, { topic, group, messages: before + Math.max(0, end - committed) });
  }
  return [...lags.values()];
}
