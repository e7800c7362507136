import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Stream } from '../../stream.ts';
import type { Guarantees, Harness } from '../harness.ts';

/** Topics are created several at a time, because each creation is slow. */
const topicsAtOnce = 10;

/** Connections and topics for the cases of the contract. */
export interface ContractSetup {
  connect(): Promise<Stream>;
  crash(stream: Stream): Promise<void>;
  /** A prepared topic that no other case uses. */
  topic(partitions?: number): Promise<string>;
  /** The database of the adapter's users. Throws if the adapter has none. */
  database(): DataSource;
  readonly guarantees: Guarantees;
}

/** Opens the harness before the first case and closes every connection after the last. */
export function contractSetup(guarantees: Guarantees, open: () => Promise<Harness>): ContractSetup {
  let harness: Harness;
  let admin: Stream;
  const ofThisCase: Stream[] = [];
  const closing: Promise<void>[] = [];
  const unused = new Map<number, string[]>();

  beforeAll(async () => {
    harness = await open();
    admin = await harness.connect();
  });
  // Not awaited here: cases share no topics, and leaving a group is slow.
  afterEach(() => {
    closing.push(...ofThisCase.splice(0).map((stream) => stream.close()));
  });
  afterAll(async () => {
    await Promise.all([...closing, admin?.close()]);
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
      const names = unused.get(partitions) ?? [];
      if (names.length === 0) {
        names.push(...Array.from({ length: topicsAtOnce }, () => `contract.${randomUUID()}`));
        await admin.prepare(names.map((name) => ({ name, partitions })));
        unused.set(partitions, names);
      }
      return names.pop() as string;
    },
    database() {
      if (!harness.database) throw new Error('The harness has no database.');
      return harness.database;
    },
    guarantees,
  };
}
