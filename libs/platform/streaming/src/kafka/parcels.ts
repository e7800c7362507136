import type { Message } from '../stream.ts';

/** A broker refuses more than about 1 MB for one partition at once, unless it is told otherwise (`message.max.bytes`). */
const largestParcelBytes = 900_000;
/** kafkajs's time for a send grows with the square of the number of messages. */
const mostMessages = 2_000;

/** Cuts the messages into parts that can be sent in one request each, in their order. A message that is larger is a part of its own. */
export function* parcels(messages: readonly Message[]): Generator<Message[]> {
  let parcel: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (parcel.length > 0 && (bytes + size > largestParcelBytes || parcel.length === mostMessages)) {
      yield parcel;
      parcel = [];
      bytes = 0;
    }
    parcel.push(message);
    bytes += size;
  }
  if (parcel.length > 0) yield parcel;
}

function sizeOf({ key, value, headers }: Message): number {
  let bytes = Buffer.byteLength(key) + Buffer.byteLength(value);
  for (const name in headers) bytes += name.length + Buffer.byteLength(headers[name] ?? '');
  return bytes;
}
