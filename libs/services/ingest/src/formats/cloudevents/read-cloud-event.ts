import { isObject, nameOfTitle } from '@sestante/contracts';
import { type IdentifierKind, identifierKinds, normalise } from '@sestante/identity';
import { defined } from '../../types/defined.ts';
import type { Read } from '../read.ts';
import { isBlank } from '../../judge/is-blank.ts';
import { longestName } from '../../judge/limits.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A CloudEvent 1.0 in its structured form, as an event of the tracking API. Who acted is said in `data` as SDKs say it (`userId`,
 * `anonymousId`, `traits`, `context`), in extension attributes (`userid`, `loyaltycard`, …), or in a `subject` such as `user_id:ada`. What
 * the activity says is `data.properties`, or else all that `data` says beside.
 */
export function readCloudEvent(value: unknown): Read {
  const fault = (reason: string): Read => ({
    code: 'cloudevent-invalid',
    reason,
    messageId: isObject(value) ? value['id'] : undefined,
  });
  if (!isObject(value)) return fault('a CloudEvent is a JSON object');
  if (value['specversion'] !== '1.0') return fault('specversion must be 1.0');
  const missing = ['id', 'source', 'type'].find((name) => typeof value[name] !== 'string' || value[name] === '');
  if (missing) return fault(`${missing} must be a text that is not empty`);
  const data = dataOf(value);
  if (!isObject(data)) return fault('data must be a JSON object');
  const other = whoIsAnother(value, data);
  if (other)
    return { ...fault(`${other}, and data names another: nobody knows whose it is`), code: 'identifier-unclear' };
  const { userId, anonymousId, traits, context, timestamp, properties, ...beside } = data;
  const said = { type: 'track', messageId: messageIdOf(value), event: nameOfType(value['type'] as string) };
  const who = { userId, anonymousId, traits, timestamp: value['time'] ?? timestamp, channel: value['channel'] };
  return {
    event: {
      ...defined({ ...said, ...who }),
      context: isObject(context) || context === undefined ? withIdentifiers(context, value) : context,
      properties: properties === undefined || isEmpty(properties) ? beside : properties,
    },
  };
}

/** What makes a CloudEvent unique: its id is so only within its source, in which a `#` would make two of them one. */
function messageIdOf({ source, id }: Fields): string {
  return `${String(source).replaceAll('%', '%25').replaceAll('#', '%23')}#${String(id)}`;
}

/** So many characters at the end of a type are looked at: senders write what they like, and the search is quadratic. */
const longestEnd = 2 * longestName;
/** `v1`, `v1beta1`, `2`, `2024-01-01`, `20240101`: wherever it stands, and behind the last word `_v1` or `V2` as well. */
const version = /^(?:v\d+\w*|\d+(?:-\d\d){0,2})$/i;
const versionBehind = /(?:[_-]v\d+\w*|(?<=[a-z])V\d+|-\d{4}(?:-\d\d){1,2})$/;
const wordsInOne = /(?<=[a-z0-9])(?=[A-Z])/g;

/**
 * `com.shop.order.v1.completed` → `order.completed`: senders name their company and their version, too. It is the longest end that the vocabulary
 * knows, as `order_completed` or `OrderCompleted` as well; of others the last two parts, or the last where it has several words: `com.shop.GiftWrapped`.
 */
export function nameOfType(type: string): string {
  const parts = partsOf(type.slice(-longestEnd));
  const known = parts.map((_, index) => nameOfTitle(parts.slice(index).join(' '))).find((name) => name !== undefined);
  if (known) return known;
  const words = parts.at(-1)!.replaceAll(wordsInOne, ' ');
  return parts.length > 1 && !words.includes(' ') ? parts.slice(-2).join('.') : words;
}

/** Without versions, and without the word "event" behind it. */
function partsOf(type: string): readonly string[] {
  const parts = type.split(/[./:@]/).filter((part) => !version.test(part));
  if (parts.length > 1 && parts.at(-1) === 'event') parts.pop();
  const last = parts.pop() ?? type;
  return [...parts, last.replace(versionBehind, '').replace(/(?<=[a-z])Event$/, '')];
}

const isEmpty = (value: unknown) => value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** No data is an activity that says nothing more. Binary data may be JSON all the same. */
function dataOf(event: Fields): unknown {
  const encoded = event['data_base64'];
  if (typeof encoded !== 'string') return event['data'] ?? {};
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  } catch {
    return undefined;
  }
}

/** The context with the identifiers of the attributes among its `externalIds`, as SDKs say them. */
function withIdentifiers(context: Fields = {}, event: Fields): Fields {
  const attributes = identifierKinds.map((kind) => ({ type: kind, id: event[kind.replace('_', '')] }));
  const named = [...attributes, subjectOf(event)].filter((one) => one?.id !== undefined);
  if (named.length === 0) return context;
  const given = Array.isArray(context['externalIds']) ? (context['externalIds'] as unknown[]) : [];
  return { ...context, externalIds: [...given, ...named] };
}

/** Whether the attributes name somebody else than the data does: the mailbox of one would be attached to the other. */
function whoIsAnother(event: Fields, { userId, traits }: Fields): string | undefined {
  const card = isObject(traits) ? (traits['loyaltyCard'] ?? traits['loyalty_card']) : undefined;
  const inData = new Map<IdentifierKind, unknown>([
    ['user_id', userId],
    ['loyalty_card', card],
  ]);
  const named = [...identifierKinds.map((type) => ({ type, id: event[type.replace('_', '')] })), subjectOf(event)];
  const other = named.find((one) => {
    const said = one && inData.get(one.type);
    return (
      one &&
      !isBlank(one.id) &&
      !isBlank(said) &&
      normalise(one.type, String(one.id))?.value !== normalise(one.type, String(said))?.value
    );
  });
  return other && `the attributes name a ${other.type}`;
}

/** A subject may be anything, such as an order: only one that says of which kind it is names a person. */
function subjectOf({ subject }: Fields): { type: IdentifierKind; id: string } | undefined {
  if (typeof subject !== 'string') return undefined;
  const kind = identifierKinds.find((one) => subject.startsWith(`${one}:`));
  return kind && { type: kind, id: subject.slice(kind.length + 1) };
}
