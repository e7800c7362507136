import { isDeepStrictEqual } from 'node:util';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { DataOf, EventName, EventOf, Topic } from './topic.ts';

/** A message on the wire: the CloudEvents attributes are headers (binary mode), the data is the value. */
export interface Envelope {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The event that `value` holds, for a reader in the same process: it need not parse it again, and must not change it. Not on the wire. */
  readonly opened?: { readonly event: string; readonly data: unknown };
}

/** A message to publish. `id` identifies repeated publications of the same event. */
export interface NewMessage<T extends Topic, N extends EventName<T>> {
  readonly event: N;
  readonly id: string;
  readonly key: string;
  readonly data: DataOf<T, N>;
  /** The data as JSON, from a caller that has it (`withFields`). */
  readonly text?: string | undefined;
  /** The service that publishes it; the usual producer of the topic if it is absent. */
  readonly from?: string;
}

/** A message that is not valid on its topic. Not retriable. */
export class InvalidMessage extends Error {
  readonly code = 'invalid-message';
  readonly retriable = false;
  constructor(topic: string, reason: string) {
    super(`A message on ${topic} is not valid: ${reason}`);
    this.name = 'InvalidMessage';
  }
}

const ajv = new Ajv({ strict: false });
(formats as unknown as (ajv: Ajv, options: object) => void)(ajv, { mode: 'fast' });

/** How messages of one type are read. */
interface Reader {
  readonly event: string;
  readonly schema: object;
  /** Compiled for the first message. */
  validate?: ValidateFunction;
}

/** The readers of each topic, by type. */
const readers = new WeakMap<Topic, ReadonlyMap<string | undefined, Reader>>();

/** In tests, a message is always read from its value, and handed-over data cannot be changed: sharing must make no difference. */
const isTest = process.env['NODE_ENV'] === 'test';

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.values(Object.freeze(value)).forEach(freeze);
}

/** Puts data into an envelope of the topic. */
export function seal<T extends Topic, N extends EventName<T>>(
  topic: T,
  { event, id, key, data, text, from = topic.producer }: NewMessage<T, N>,
): Envelope {
  const value = text ?? JSON.stringify(data);
  if (isTest) freeze(data);
  return {
    opened: { event, data },
    key,
    value,
    headers: {
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: `/sestante/${from}`,
      ce_type: topic.events[event]!.type,
      'content-type': 'application/json',
    },
  };
}

/**
 * The JSON text of an object with more fields, without writing again what it has. The last field of a name counts. Undefined if the text does not end with a
 * field of an object.
 */
export function withFields(text: string, fields: object): string | undefined {
  const isWhole = text.endsWith('}') && !' \t\r\n{'.includes(text.at(-2) ?? '{');
  return isWhole ? `${text.slice(0, -1)},${JSON.stringify(fields).slice(1)}` : undefined;
}

/** Reads an envelope of the topic. Throws `InvalidMessage` for an unknown type, invalid JSON, or data that does not match the schema. */
export function open<T extends Topic>(topic: T, { value, headers, opened }: Omit<Envelope, 'key'>): EventOf<T> {
  if (opened && !isTest) return { ...opened, id: headers['ce_id'] ?? '' } as EventOf<T>;
  const type = headers['ce_type'];
  const reader = readersOf(topic).get(type);
  if (!reader) throw new InvalidMessage(topic.name, `unknown type ${String(type)}`);
  const { event } = reader;
  const data = parse(topic.name, value);
  const validate = (reader.validate ??= ajv.compile(reader.schema));
  if (!validate(data)) throw new InvalidMessage(topic.name, ajv.errorsText(validate.errors, { dataVar: event }));
  const isShared = isTest && isDeepStrictEqual(data, opened?.data);
  return { event, id: headers['ce_id'] ?? '', data: isShared ? opened!.data : data } as EventOf<T>;
}

function parse(topic: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new InvalidMessage(topic, (error as Error).message);
  }
}

function readersOf(topic: Topic): ReadonlyMap<string | undefined, Reader> {
  const known = readers.get(topic);
  if (known) return known;
  const declared = Object.entries(topic.events).map(([event, { type, schema }]) => [type, { event, schema }] as const);
  const byType = new Map<string, Reader>(declared);
  readers.set(topic, byType);
  return byType;
}
