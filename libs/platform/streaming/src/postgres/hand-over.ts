import { usableMemory } from '@sestante/postgres';
import type { Message } from '../stream.ts';

/** Messages that one statement has appended to a partition. */
export interface AppendedBatch {
  readonly partition: number;
  readonly firstOffset: number;
  readonly messages: readonly Message[];
}

interface HeldBatch extends AppendedBatch {
  readonly size: number;
  readonly heldSince: number;
}

export interface HandOverOptions {
  /** How much is held, in characters of the messages' values: about a third of the memory that they take. */
  readonly maxSize?: number;
  /** After this time, a batch gives way to new ones: another process may have read it. */
  readonly maxAgeMs?: number;
}

/**
 * Hands committed messages over to readers in the same process, so that they need not read, decompress and parse them again. The log stays the
 * truth: a reader learns from it which batches there are, and reads those that are not held. A batch is released when all groups and tails of this process
 * have passed it. Readers share the messages and must not change them.
 */
export class HandOver {
  private readonly maxSize: number;
  private readonly maxAgeMs: number;
  private size = 0;
  /** The next offset of each group and tail of this process, by topic, reader and partition. */
  private readonly positions = new Map<string, Map<string, Map<number, number>>>();
  /** By topic and partition, then by first offset. */
  private readonly held = new Map<string, Map<number, HeldBatch>>();

  constructor({ maxSize = maxSizeFor(usableMemory()), maxAgeMs = 10_000 }: HandOverOptions = {}) {
    this.maxSize = maxSize;
    this.maxAgeMs = maxAgeMs;
  }

  /** Only topics with readers in this process are held. */
  addReader(topic: string, group: string): void {
    const groups = this.positions.get(topic) ?? new Map<string, Map<number, number>>();
    this.positions.set(topic, groups.set(group, groups.get(group) ?? new Map()));
  }

  /** Holds batches after their commit, as long as there is room. */
  hold(topic: string, batches: readonly AppendedBatch[]): void {
    if (!this.positions.has(topic)) return;
    const heldSince = Date.now();
    for (const batch of batches) {
      const size = batch.messages.reduce((sum, { value }) => sum + value.length, 0);
      if (this.size + size > this.maxSize) this.releaseOld(heldSince - this.maxAgeMs);
      if (this.size + size > this.maxSize) return;
      const key = keyOf(topic, batch.partition);
      const batchesOfPartition = this.held.get(key) ?? new Map<number, HeldBatch>();
      this.held.set(key, batchesOfPartition.set(batch.firstOffset, { ...batch, size, heldSince }));
      this.size += size;
    }
  }

  find(topic: string, partition: number, firstOffset: number): readonly Message[] | undefined {
    return this.held.get(keyOf(topic, partition))?.get(firstOffset)?.messages;
  }

  /** Notes that a group has moved to `next`, and releases the batches that all groups have passed. */
  pass(topic: string, group: string, { partition, next }: { partition: number; next: number }): void {
    const groups = this.positions.get(topic);
    groups?.get(group)?.set(partition, next);
    const batches = this.held.get(keyOf(topic, partition));
    if (!groups || !batches) return;
    const passed = Math.min(...[...groups.values()].map((offsets) => offsets.get(partition) ?? 0));
    for (const batch of batches.values())
      if (batch.firstOffset + batch.messages.length <= passed) this.release(batches, batch);
  }

  private releaseOld(before: number): void {
    for (const batches of this.held.values())
      for (const batch of batches.values()) if (batch.heldSince < before) this.release(batches, batch);
  }

  private release(batches: Map<number, HeldBatch>, { firstOffset, size }: HeldBatch): void {
    batches.delete(firstOffset);
    this.size -= size;
  }
}

/** On a machine with 2 GB and more, some ten thousand events of a backlog; less on a smaller one. */
export function maxSizeFor(memoryBytes: number): number {
  return Math.min(64_000_000, Math.floor(memoryBytes / 32));
}

const keyOf = (topic: string, partition: number) => `${topic}/${partition}`;
