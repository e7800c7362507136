import { isObject } from '@sestante/contracts';
import type { Format } from '../types/format.ts';

/** An event without its customer token, which is a secret and must not be stored. */
export interface TakenToken {
  readonly event: unknown;
  readonly token?: string;
}

/** Takes the customer token out of an event: `context.customerToken`, in a CloudEvent also the attribute `customertoken`. */
export function takeToken(format: Format, event: unknown): TakenToken {
  if (format !== 'cloudevent') return fromContext(event);
  if (!isObject(event)) return { event };
  const { customertoken, ...attributes } = event;
  const { event: data, token } = fromContext(dataOf(attributes));
  const given = token ?? (typeof customertoken === 'string' ? customertoken : undefined);
  if (customertoken === undefined && token === undefined) return { event };
  const { data_base64: _, ...others } = attributes;
  return { event: data === undefined ? others : { ...others, data }, ...(given !== undefined && { token: given }) };
}

function fromContext(event: unknown): TakenToken {
  if (!isObject(event)) return { event };
  const { context } = event;
  if (!isObject(context) || !Object.hasOwn(context, 'customerToken')) return { event };
  const { customerToken, ...others } = context;
  return { event: { ...event, context: others }, token: typeof customerToken === 'string' ? customerToken : '' };
}

/** The data of a CloudEvent. It is decoded only if it has a token. */
function dataOf({ data, data_base64: encoded }: Readonly<Record<string, unknown>>): unknown {
  if (typeof encoded !== 'string') return data;
  const text = Buffer.from(encoded, 'base64').toString();
  if (!text.includes('customerToken')) return data;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return data;
  }
}
