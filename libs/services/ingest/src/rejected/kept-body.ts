import type { Format } from '../accept/format.ts';
import { keptBytesOfLongLine, type UnreadableLine } from '../imports/file/line.ts';
import { largestEventBytes } from '../judge/limits.ts';
import { knownPartsOf } from '../receipts/receipt.ts';

/** The longest JSON that is kept whole, in UTF-16 units. Room for a larger limit of tomorrow, and 500 of them can be shown and judged at once. */
export const longestKept = 2 * largestEventBytes;

/** What judging reads of an event of the tracking API. Everything else, such as the address of the network or the write key, is not kept. */
const parts = [
  'type',
  'messageId',
  'userId',
  'anonymousId',
  'previousId',
  'groupId',
  'event',
  'name',
  'category',
  'channel',
  'properties',
  'traits',
  'timestamp',
  'originalTimestamp',
  'sentAt',
];
const partsOfContext = ['channel', 'traits', 'externalIds', 'consent'];

/** An event as it is kept: the JSON, and the form in which it is judged again. */
export interface Kept {
  readonly format: Format;
  readonly body: string;
}

/**
 * With personal data only as far as they are needed to judge it again. Of one that is far too large the beginning is kept, as of a line that is too
 * long: it stays what it is.
 */
export function keptOf(format: Format, event: unknown): Kept {
  const body = written(() => reducers[format](event));
  if (body.length <= longestKept) return { format, body };
  const line: UnreadableLine = {
    code: 'too-large',
    reason: `the event is larger than ${largestEventBytes} bytes, and only its beginning is kept`,
    line: body.slice(0, keptBytesOfLongLine),
  };
  return { format: 'line', body: JSON.stringify(line) };
}

/** What a kept event says, but for the time of sending, which is another at each try. */
export function fingerprintOf(format: Format, event: unknown, kept: Kept): string {
  if (format !== 'tracking' || !isObject(event) || !Object.hasOwn(event, 'sentAt')) return kept.body;
  const { sentAt: _, ...said } = event;
  return keptOf(format, said).body;
}

const reducers: Readonly<Record<Format, (event: unknown) => unknown>> = {
  tracking: (event) => (isObject(event) ? reduced(event) : event),
  cloudevent: (event) =>
    isObject(event) && isObject(event['data']) ? { ...event, data: lessOf(event['data']) } : event,
  receipt: knownPartsOf,
  // Nobody has found out what stands in it.
  line: (line) => line,
};

/** The data of a CloudEvent are properties, and who and where beside them. */
function lessOf({ writeKey: _, ...data }: Record<string, unknown>): Record<string, unknown> {
  return { ...data, ...reduced(data) };
}

function reduced(event: Record<string, unknown>): Record<string, unknown> {
  const kept = pick(event, parts);
  const { context } = event;
  if (context === undefined) return kept;
  if (!isObject(context)) return { ...kept, context };
  const device = isObject(context['device']) ? { device: pick(context['device'], ['id']) } : {};
  const library = isObject(context['library']) ? { library: pick(context['library'], ['name']) } : {};
  const keptContext = { ...pick(context, partsOfContext), ...device, ...library };
  return Object.keys(keptContext).length === 0 ? kept : { ...kept, context: keptContext };
}

function pick(object: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of an event that nests too deeply to be written, what could be written. */
function written(reduced: () => unknown): string {
  try {
    return (
      JSON.stringify(reduced(), (_, value: unknown) => (isTooLarge(value) ? rawJSON(spelt(value)) : value)) ?? 'null'
    );
  } catch {
    return '"(nests too deeply to be kept)"';
  }
}

/** TypeScript does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** JSON can spell numbers that are larger than any of ours. Written as null, they would say that nothing was there. */
const isTooLarge = (value: unknown): value is number => value === Infinity || value === -Infinity;
const spelt = (number: number) => (number > 0 ? '1e999' : '-1e999');
