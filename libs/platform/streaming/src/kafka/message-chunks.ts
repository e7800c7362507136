import type { Message } from '../stream.ts';

type MessageChunk = Message[];

/** By default, a broker refuses more than about 1 MB per partition in a request (`message.max.bytes`). */
const maxChunkBytes = 900_000;
/** Without our functions in `wire`, the time of kafkajs for a send grows with the square of the number of messages. */
const maxMessages = 2_000;

/** Splits messages into chunks that fit into one request each, in order. A larger message is a chunk of its own. */
export function* chunksOf(messages: readonly Message[]): Generator<MessageChunk> {
  let chunk: MessageChunk = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (chunk.length > 0 && (bytes + size > maxChunkBytes || chunk.length === maxMessages)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

function sizeOf({ key, value, headers }: Message): number {
  let bytes = Buffer.byteLength(key) + Buffer.byteLength(value);
  for (const name in headers) bytes += name.length + Buffer.byteLength(headers[name] ?? '');
  return bytes;
}
