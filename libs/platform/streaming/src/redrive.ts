import { toPossibleRepeat } from './possible-repeat.ts';
import type { DeadLetter, Delivery, Message } from './stream.ts';

/** Headers of a redriven message: its group, and its original partition and offset. */
const names = { group: 'redrive_group', partition: 'redrive_partition', offset: 'redrive_offset' } as const;
/** Within the stored types: 32 bits, and integers that are exact as a number. */
const [partitionNumber, offsetNumber] = [/^\d{1,9}$/, /^\d{1,15}$/];

/**
 * The message to publish on its topic so that only its group handles it again (see `redriving`). A message without a key, which other producers may
 * publish, gets one.
 */
export function toRedriven({ group, delivery }: DeadLetter): Message {
  const { key, value, headers, partition, offset } = delivery;
  // Its effect may exist under another offset.
  return toPossibleRepeat({
    key: key === '' ? `${partition}/${offset}` : key,
    value,
    headers: {
      ...headers,
      [names.group]: group,
      [names.partition]: String(partition),
      [names.offset]: String(offset),
    },
  });
}

/** The group of a redriven message; undefined for other messages. */
export function redriveGroupOf({ headers }: Delivery): string | undefined {
  const { [names.group]: group, [names.partition]: partition = '', [names.offset]: offset = '' } = headers;
  return group !== undefined && partitionNumber.test(partition) && offsetNumber.test(offset) ? group : undefined;
}

/** A message redriven for the group with its original partition and offset, and without the headers. Other messages are returned unchanged. */
export function toOriginalDelivery(delivery: Delivery, group: string): Delivery {
  if (redriveGroupOf(delivery) !== group) return delivery;
  const { [names.group]: _, [names.partition]: partition, [names.offset]: offset, ...headers } = delivery.headers;
  return { ...delivery, partition: Number(partition), offset: Number(offset), headers };
}
