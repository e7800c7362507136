import type { Topic } from '@sestante/contracts';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Received } from '../middleware/decode.ts';
import type { Publication, Stream } from '../stream.ts';
import { type AppliedOffset, moveAppliedOffsets } from './applied-offsets.ts';
import { unitOfWork } from './unit-of-work.ts';

export interface EffectsOnceOptions {
  readonly stream: Stream;
  readonly dataSource: DataSource;
  /** The schema with the service's table `applied_offset`: see `appliedOffsetTable`. */
  readonly schema: string;
  /** The input of the service. */
  readonly topic: Topic;
}

type Event = Pick<Received<Topic>, 'partition' | 'offset' | 'isPossibleRepeat'>;

/** What is known about a batch before its effects are written. */
export interface Progress {
  /**
   * Whether the event may have taken effect before: it was redelivered, or published more than once. Then its effects must be looked up, and what is
   * published for it must be marked by `toPossibleRepeat`. Other events are new for certain.
   */
  isPossibleRepeat(event: Event): boolean;
  /** The partitions of the batch that another process has written since this one did. What this process has cached of them is out of date. */
  readonly changedPartitions: ReadonlySet<number>;
}

/**
 * Writes the effects of batches once. The transaction of the effects first moves the applied offset of each partition, so that a redelivered message
 * is known by its offset: services need no unique index of random ids, and no look-up for new messages. The lock on the applied offset makes the
 * process the only writer of the partition's effects: a second process with the same batch waits, and then finds it applied.
 *
 * If the stream can publish in the same transaction, an event at a new offset was published for the first time. Otherwise, a producer may have
 * published it twice, and every event is a possible repeat.
 */
export class EffectsOnce {
  /** The revisions of this process's last commits, by partition. */
  private readonly revisions = new Map<number, number>();
  private readonly options: EffectsOnceOptions;

  constructor(options: EffectsOnceOptions) {
    this.options = options;
  }

  /** Runs `work` as `unitOfWork` does. */
  async run(
    batch: readonly Event[],
    work: (client: PoolClient, progress: Progress) => Promise<readonly Publication[]>,
  ): Promise<void> {
    const { stream, dataSource, schema, topic } = this.options;
    const input = { schema, topic: topic.name };
    const ends = endsOf(batch);
    let applied: ReadonlyMap<number, AppliedOffset> = new Map();
    await unitOfWork(stream, dataSource, async (client) => {
      applied = await moveAppliedOffsets(client, input, ends);
      return work(client, this.progressOf(applied));
    });
    for (const [partition, { revision }] of applied) this.revisions.set(partition, revision + 1);
  }

  private progressOf(applied: ReadonlyMap<number, AppliedOffset>): Progress {
    const isTransactional = this.options.stream.atomic !== undefined;
    return {
      isPossibleRepeat: ({ partition, offset, isPossibleRepeat }) =>
        !isTransactional || isPossibleRepeat || offset < applied.get(partition)!.next,
      changedPartitions: new Set(
        [...applied]
          .filter(([partition, { revision }]) => this.revisions.get(partition) !== revision)
          .map(([partition]) => partition),
      ),
    };
  }
}

/** The offset after the last event of each partition. */
function endsOf(batch: readonly Event[]): Map<number, number> {
  const ends = new Map<number, number>();
  for (const { partition, offset } of batch) ends.set(partition, Math.max(ends.get(partition) ?? 0, offset + 1));
  return new Map([...ends].sort(([a], [b]) => a - b));
}
