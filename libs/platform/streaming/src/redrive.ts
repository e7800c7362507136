import type { DeadLetter, Delivery, Message } from './stream.ts';

/** Headers of a message that is driven again: the group that it is for, and where it stood when it came first. */
const names = { group: 'redrive_group', partition: 'redrive_partition', offset: 'redrive_offset' } as const;
/** No larger than what is stored: 32 bits, and the numbers that are exact. */
const [partitionNumber, offsetNumber] = [/^\d{1,9}$/, /^\d{1,15}$/];

/**
 * The message to publish on its topic, so that the group is given it once more, and no other group is (`redriving`). Where it had no key, as those of
 * others may, it gets one.
 */
export function toRedriven({ group, delivery }: DeadLetter): Message {
  const { key, value, headers, partition, offset } = delivery;
  return {
    key: key === '' ? `${partition}/${offset}` : key,
    value,
    headers: {
      ...headers,
      [names.group]: group,
      [names.partition]: String(partition),
      [names.offset]: String(offset),
    },
  };
}

/** The group that a message is for alone; undefined for all those that are not driven again. */
export function redrivenFor({ headers }: Delivery): string | undefined {
  const { [names.group]: group, [names.partition]: partition = '', [names.offset]: offset = '' } = headers;
  return group !== undefined && partitionNumber.test(partition) && offsetNumber.test(offset) ? group : undefined;
}

/** A message that is driven again for the group as it came first: in its place, without the headers. Any other one is unchanged. */
export function asItCameFirst(delivery: Delivery, group: string): Delivery {
  if (redrivenFor(delivery) !== group) return delivery;
  const { [names.group]: _, [names.partition]: partition, [names.offset]: offset, ...headers } = delivery.headers;
  return { ...delivery, partition: Number(partition), offset: Number(offset), headers };
}
