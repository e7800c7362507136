import type { Format } from '../accept/format.ts';

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

/** The JSON of an event as it is kept: with personal data only as far as they are needed to judge it again. */
export function keptBody(format: Format, event: unknown): string {
  return written(format === 'tracking' && isObject(event) ? reduced(event) : event);
}

function reduced(event: Record<string, unknown>): Record<string, unknown> {
  const kept = pick(event, parts);
  const { context } = event;
  if (context === undefined) return kept;
  if (!isObject(context)) return { ...kept, context };
  const device = isObject(context['device']) ? { device: pick(context['device'], ['id']) } : {};
  const library = isObject(context['library']) ? { library: pick(context['library'], ['name']) } : {};
  return { ...kept, context: { ...pick(context, partsOfContext), ...device, ...library } };
}

function pick(object: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of an event that nests too deeply to be written, what could be written. */
function written(event: unknown): string {
  try {
    return JSON.stringify(event, (_, value: unknown) => (isTooLarge(value) ? rawJSON(spelt(value)) : value)) ?? 'null';
  } catch {
    return '"(nests too deeply to be kept)"';
  }
}

/** TypeScript does not know it yet. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): object };

/** JSON can spell numbers that are larger than any of ours. Written as null, they would say that nothing was there. */
const isTooLarge = (value: unknown): value is number => value === Infinity || value === -Infinity;
const spelt = (number: number) => (number > 0 ? '1e999' : '-1e999');
