import type { Publication, Stream } from '../stream.ts';

/** The two ways in which `unitOfWork` publishes. */
export const waysToPublish = ['with the commit', 'after the commit'] as const;
export type WayToPublish = (typeof waysToPublish)[number];

/**
 * A stream that passes publications to `publish`. If `publish` rejects, it simulates a process that dies before the commit, or between the commit
 * and the publication.
 */
export function recordingStream(way: WayToPublish, publish: (publication: Publication) => Promise<void>): Stream {
  const publishWith = async (_client: unknown, publications: readonly Publication[]) => {
    for (const publication of publications) await publish(publication);
    return () => undefined;
  };
  const stream: Pick<Stream, 'publish' | 'atomic'> = {
    publish: (topic, messages) => publish({ topic, messages }),
    ...(way === 'with the commit' && { atomic: { publishWith } }),
  };
  return stream as Stream;
}
