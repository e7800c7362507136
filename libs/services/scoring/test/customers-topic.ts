import { v5 as uuidv5 } from 'uuid';
import type { Input } from './builders.ts';

const partitions = 4;
/** The partition of a customer's messages. */
export const partitionOf = (customerId: string) => Number.parseInt(customerId.slice(-1), 16) % partitions;

/** What identifies a message, and its key. */
export function headOf(input: Input): { id: string; key: string } {
  if (!('event' in input)) return { id: input.activityId, key: input.customerId };
  const { memberId, moves } = input.data.members[0]!;
  return { id: uuidv5(`move ${moves}`, memberId), key: input.key };
}

/** The offsets of the messages in their partitions. */
export function customersTopic() {
  const offsets = new Map<string, number>();
  const ends = new Array<number>(partitions).fill(0);
  return {
    offsetOf({ id, key }: ReturnType<typeof headOf>, isRepeat: boolean): number {
      const place = `${partitionOf(key)} ${key} ${id}`;
      const known = isRepeat ? undefined : offsets.get(place);
      const offset = known ?? ends[partitionOf(key)]!++;
      offsets.set(place, offset);
      return offset;
    },
  };
}
