import { gunzipSync } from 'node:zlib';
import type { FuzzedRequest } from '../requests/request.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The events of a request in order, and a function that returns the id of an event; undefined if it has none. */
export interface Events {
  readonly all: readonly unknown[];
  readonly idOf: (event: unknown) => string | undefined;
}

/** The events of an accepted request. */
export function eventsIn(request: FuzzedRequest): Events {
  const path = routedPath(request.path);
  const body = bodyOf(request);
  if (path === '/v1/m') return { all: [], idOf: idOfEvent };
  if (path === '/api/v1/cloudevents') return { all: cloudEventsIn(body, request.headers), idOf: idOfCloudEvent };
  if (path === '/api/v1/receipts') return { all: listed(body), idOf: idOfReceipt };
  if (/\/(batch|b)$/.test(path) && !path.startsWith('/api/s'))
    return { all: fieldsOf(body)['batch'] as unknown[], idOf: idOfEvent };
  return { all: [{ ...fieldsOf(body), type: typeOf(path) }], idOf: idOfEvent };
}

/** The last segment of routes for one event is its type, or the first letter of it. */
function typeOf(path: string): string {
  return path.split('/').at(-1)![0]!;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The path as the router decodes it; unchanged if it cannot be decoded. */
export function routedPath(path: string): string {
  const plain = path.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  try {
    return decodeURI(plain).replace(/(?<=.)\/$/, '');
  } catch {
    return plain;
  }
}

/** The write key that authenticates a request: the first one in the order in which ingest looks for it. */
export function writeKeyIn(request: FuzzedRequest): string | undefined {
  const { path, headers } = request;
  const [, scheme = '', credential = ''] = /^(Basic|Bearer)\s+(\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  const isBasic = scheme.toLowerCase() === 'basic';
  return [
    routedPath(path).startsWith('/beacon/') && new URLSearchParams(path.split('#')[0]!.split('?')[1]).get('writeKey'),
    isBasic ? Buffer.from(credential, 'base64').toString().split(':')[0] : credential,
    headers['x-write-key']?.split(':')[0],
    fieldsOf(bodyOf(request))['writeKey'],
  ].find((key): key is string => typeof key === 'string' && key !== '');
}

/** Throws for invalid UTF-8, which ingest must not accept. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function bodyOf({ body, headers }: FuzzedRequest): unknown {
  if (!body || body.length === 0) return undefined;
  const isZipped = headers['content-encoding']?.toLowerCase() === 'gzip' || (body[0] === 0x1f && body[1] === 0x8b);
  return JSON.parse(utf8.decode(isZipped ? gunzipSync(body) : body)) as unknown;
}

function cloudEventsIn(body: unknown, headers: Readonly<Record<string, string>>): readonly unknown[] {
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  const isInBody = /^application\/cloudevents\b/i.test(headers['content-type'] ?? '');
  if (isInBody || attributes.length === 0) return listed(body);
  const named = attributes.map(([name, value]) => [name.slice('ce-'.length), percentDecoded(value)]);
  return [{ ...Object.fromEntries(named), data: body }];
}

const idOfEvent = (event: unknown) => textOf(fieldsOf(event)['messageId']);
const idOfCloudEvent = (event: unknown) => `${String(fieldsOf(event)['source'])}#${String(fieldsOf(event)['id'])}`;

function idOfReceipt(value: unknown): string {
  const { DigitalReceipt = value } = fieldsOf(value);
  const { Transaction = value } = fieldsOf(DigitalReceipt);
  const { BusinessUnit, WorkstationID, SequenceNumber, BusinessDayDate } = fieldsOf(Transaction);
  const store = fieldsOf(listed(BusinessUnit)[0])['UnitID'];
  const parts = [store, WorkstationID, SequenceNumber, BusinessDayDate];
  return ['receipt', ...parts.map((part) => encodeURIComponent(String(part)))].join('/');
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const textOf = (id: unknown) => (id === undefined || id === null || id === '' ? undefined : String(id));

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
