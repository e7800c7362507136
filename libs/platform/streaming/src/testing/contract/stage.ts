import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Stream } from '../../stream.ts';
import type { Guarantees, Harness } from '../harness.ts';

/** What the cases of the contract play on: connections, and topics that no other case uses. */
export interface Stage {
  connect(): Promise<Stream>;
  crash(stream: Stream): Promise<void>;
  /** Prepares a topic of a new name. */
  topic(partitions?: number): Promise<string>;
  guarantees(): Guarantees;
}

/** Opens the harness before the first case and closes every connection after the last. */
export function stageOf(open: () => Promise<Harness>): Stage {
  let harness: Harness;
  let director: Stream;
  const ofThisCase: Stream[] = [];
  const closing: Promise<void>[] = [];

  beforeAll(async () => {
    harness = await open();
    director = await harness.connect();
  });
  // Not awaited here: cases share no topics, and leaving takes its time.
  afterEach(() => {
    closing.push(...ofThisCase.splice(0).map((stream) => stream.close()));
  });
  afterAll(async () => {
    await Promise.all([...closing, director?.close()]);
    await harness?.dispose();
  });

  return {
    async connect() {
      const stream = await harness.connect();
      ofThisCase.push(stream);
      return stream;
    },
    async crash(stream) {
      ofThisCase.splice(ofThisCase.indexOf(stream), 1);
      await harness.crash(stream);
    },
    async topic(partitions = 3) {
      const name = `contract.${randomUUID()}`;
      await director.prepare([{ name, partitions }]);
      return name;
    },
    guarantees: () => harness.guarantees,
  };
}
