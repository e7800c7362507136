import { isObject, nameOfTitle } from '@sestante/contracts';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { defined } from '../../types/defined.ts';
import type { Read } from '../read.ts';
import { isBlank } from '../../judge/is-blank.ts';
import { longestName } from '../../judge/limits.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a CloudEvent 1.0 in structured form as an event of the tracking API. The identifiers are in `data` as in the tracking API (`userId`,
 * `anonymousId`, `traits`, `context`), in extension attributes (`userid`, `loyaltycard`, …), or in a `subject` such as `user_id:ada`. The
 * properties are `data.properties`, or else the remaining fields of `data`.
 */
export function readCloudEvent(value: unknown): Read {
  const fault = (reason: string): Read => ({
    code: 'cloudevent-invalid',
    reason,
    messageId: isObject(value) ? value['id'] : undefined,
  });
  if (!isObject(value)) return fault('a CloudEvent must be a JSON object');
  if (value['specversion'] !== '1.0') return fault('specversion must be 1.0');
  const missing = ['id', 'source', 'type'].find((name) => typeof value[name] !== 'string' || value[name] === '');
  if (missing) return fault(`${missing} must be a non-empty string`);
  const data = dataOf(value);
  if (!isObject(data)) return fault('data must be a JSON object');
  const conflict = conflictingKind(value, data);
  if (conflict)
    return {
      ...fault(`the ${conflict} in the attributes differs from the one in data: send one of them`),
      code: 'identifier-unclear',
    };
  const { userId, anonymousId, traits, context, timestamp, properties, ...beside } = data;
  const own = { type: 'track', messageId: messageIdOf(value), event: nameOfType(value['type'] as string) };
  const who = { userId, anonymousId, traits, timestamp: value['time'] ?? timestamp, channel: value['channel'] };
  return {
    event: {
      ...defined({ ...own, ...who }),
      context: isObject(context) || context === undefined ? withIdentifiers(context, value) : context,
      properties: properties === undefined || isEmpty(properties) ? beside : properties,
    },
  };
}

/** The id of a CloudEvent is unique only within its source. A `#` in the source is escaped, so that two ids never collide. */
function messageIdOf({ source, id }: Fields): string {
  return `${String(source).replaceAll('%', '%25').replaceAll('#', '%23')}#${String(id)}`;
}

/** Only this many characters at the end of a type are searched: types can be long, and the search is quadratic. */
const longestEnd = 2 * longestName;
/** `v1`, `v1beta1`, `2`, `2024-01-01`, `20240101`: as a part of its own anywhere, and as a suffix of the last part (`_v1`, `V2`). */
const version = /^(?:v\d+\w*|\d+(?:-\d\d){0,2})$/i;
const versionSuffix = /(?:[_-]v\d+\w*|(?<=[a-z])V\d+|-\d{4}(?:-\d\d){1,2})$/;
const wordsInOne = /(?<=[a-z0-9])(?=[A-Z])/g;

/**
 * `com.shop.order.v1.completed` → `order.completed`: types contain the company and a version, too. The name is the longest end that is in the
 * vocabulary, also as `order_completed` or `OrderCompleted`. Otherwise it is the last two parts, or the last one if it has several words:
 * `com.shop.GiftWrapped`.
 */
export function nameOfType(type: string): string {
  const parts = partsOf(type.slice(-longestEnd));
  const found = parts.map((_, index) => nameOfTitle(parts.slice(index).join(' '))).find((name) => name !== undefined);
  if (found) return found;
  const words = parts.at(-1)!.replaceAll(wordsInOne, ' ');
  return parts.length > 1 && !words.includes(' ') ? parts.slice(-2).join('.') : words;
}

/** The parts of a type, without versions and without a final "event". */
function partsOf(type: string): readonly string[] {
  const parts = type.split(/[./:@]/).filter((part) => !version.test(part));
  if (parts.length > 1 && parts.at(-1) === 'event') parts.pop();
  const last = parts.pop() ?? type;
  return [...parts, last.replace(versionSuffix, '').replace(/(?<=[a-z])Event$/, '')];
}

const isEmpty = (value: unknown) => value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Without data, an activity has no properties. Base64 data may contain JSON, too. */
function dataOf(event: Fields): unknown {
  const encoded = event['data_base64'];
  if (typeof encoded !== 'string') return event['data'] ?? {};
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  } catch {
    return undefined;
  }
}

/** The context, with the identifiers of the attributes added to its `externalIds`. */
function withIdentifiers(context: Fields = {}, event: Fields): Fields {
  const attributes = identifierKinds.map((kind) => ({ type: kind, id: event[kind.replace('_', '')] }));
  const named = [...attributes, subjectOf(event)].filter((one) => one?.id !== undefined);
  if (named.length === 0) return context;
  const given = Array.isArray(context['externalIds']) ? (context['externalIds'] as unknown[]) : [];
  return { ...context, externalIds: [...given, ...named] };
}

/** The kind of identifier that differs between attributes and data: the two persons would be merged. */
function conflictingKind(event: Fields, { userId, traits }: Fields): IdentifierKind | undefined {
  const card = isObject(traits) ? (traits['loyaltyCard'] ?? traits['loyalty_card']) : undefined;
  const inData = new Map<IdentifierKind, unknown>([
    ['user_id', userId],
    ['loyalty_card', card],
  ]);
  const named = [...identifierKinds.map((type) => ({ type, id: event[type.replace('_', '')] })), subjectOf(event)];
  return named.find((one) => {
    const other = one && inData.get(one.type);
    return (
      one &&
      !isBlank(one.id) &&
      !isBlank(other) &&
      normalise(one.type, String(one.id))?.value !== normalise(one.type, String(other))?.value
    );
  })?.type;
}

/** A subject may be anything, such as an order. It is an identifier only if it starts with a kind. */
function subjectOf({ subject }: Fields): { type: IdentifierKind; id: string } | undefined {
  if (typeof subject !== 'string') return undefined;
  const kind = identifierKinds.find((one) => subject.startsWith(`${one}:`));
  return kind && { type: kind, id: subject.slice(kind.length + 1) };
}
