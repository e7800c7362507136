import { createRequire } from 'node:module';

/** The CommonJS loader that kafkajs is loaded with. */
export const load = createRequire(import.meta.url);

export interface Codec {
  compress(records: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(records: Buffer): Promise<Buffer>;
}

/** The codec of kafkajs for the attributes of a batch; none if the batch is not compressed. Throws if it is not supported. */
export function codecOf(attributes: number): Codec | null {
  return load('kafkajs/src/protocol/message/compression').lookupCodecByAttributes(attributes);
}

/** The error with which kafkajs expects an incomplete batch at the end of a response. */
export function incompleteBatch(message: string): Error {
  const { KafkaJSPartialMessageError } = load('kafkajs/src/errors');
  return new KafkaJSPartialMessageError(message);
}
