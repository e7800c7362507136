import { LRUCache } from 'lru-cache';
import type { MemberState } from './store/states.ts';

/** About 2 KB each with its customer, together 20 MB. Most customers have one member. More entries cost the garbage collection more than they save. */
const maxMembers = 10_000;

interface Entry {
  readonly members: readonly MemberState[];
  readonly partition: number;
  /** The generation of the partition in which the entry was made. */
  readonly generation: number;
}

const sizeOf = ({ members }: Entry) => Math.max(1, members.length);

/**
 * The members of the latest batches' customers as they are stored, so that the next batch need not read them. An entry belongs to the partition of the input in
 * which the customer's messages are. Another process may write to a customer at any time: the entries of its partition must then be dropped, and a write
 * that was computed from an entry must compare the revisions.
 *
 * When it is full, a customer enters only if it has been here a short time ago. Otherwise, where every batch has other customers, entries would be made and
 * dropped without being used, at the cost of the garbage collection.
 */
export class CustomerCache {
  private readonly entries: LRUCache<string, Entry>;
  private readonly generations = new Map<number, number>();
  /** The ids of customers that were kept out, in two generations of at most `max`. */
  private recent = new Set<string>();
  private earlier = new Set<string>();
  private readonly max: number;

  constructor(max = maxMembers) {
    this.max = max;
    this.entries = new LRUCache({ max, maxSize: max, sizeCalculation: sizeOf });
  }

  get size(): number {
    return this.entries.size;
  }

  /** The members of the cached ones among the customers. */
  find(customerIds: Iterable<string>): Map<string, readonly MemberState[]> {
    const found = new Map<string, readonly MemberState[]>();
    for (const customerId of customerIds) {
      const entry = this.entries.get(customerId);
      if (entry && entry.generation === this.generationOf(entry.partition)) found.set(customerId, entry.members);
    }
    return found;
  }

  put(customerId: string, members: readonly MemberState[], partition: number): void {
    const isFull = this.entries.calculatedSize >= this.max;
    if (isFull && !this.entries.has(customerId) && !this.wasHere(customerId)) return;
    this.entries.set(customerId, { members, partition, generation: this.generationOf(partition) });
  }

  forget(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) this.entries.delete(customerId);
  }

  /** Drops all entries of the partitions. */
  drop(partitions: Iterable<number>): void {
    for (const partition of partitions) this.generations.set(partition, this.generationOf(partition) + 1);
  }

  private wasHere(customerId: string): boolean {
    const wasHere = this.recent.has(customerId) || this.earlier.has(customerId);
    if (this.recent.size >= this.max) [this.recent, this.earlier] = [new Set(), this.recent];
    this.recent.add(customerId);
    return wasHere;
  }

  private generationOf(partition: number): number {
    return this.generations.get(partition) ?? 0;
  }
}
