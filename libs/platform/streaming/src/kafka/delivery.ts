import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { Delivery } from '../stream.ts';

/** Converts a Kafka record to a message of the port. A missing key or value becomes empty; of repeated headers the last one is used. */
export function toDelivery(topic: string, partition: number, record: KafkaMessage): Delivery {
  return {
    topic,
    partition,
    offset: Number(record.offset),
    publishedAt: Number(record.timestamp),
    key: record.key?.toString() ?? '',
    value: record.value?.toString() ?? '',
    headers: record.headers ? toHeaders(record.headers) : {},
  };
}

/** A loop, because this runs for every message. */
function toHeaders(headers: IHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    texts[name] = String((Array.isArray(value) ? value.at(-1) : value) ?? '');
  }
  return texts;
}
