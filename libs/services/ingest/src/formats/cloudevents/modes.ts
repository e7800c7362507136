/** The CloudEvents of one message, each in structured form: one, or a batch. */
export type CloudEvents = readonly unknown[];

type Headers = Readonly<Record<string, unknown>>;

/** A message of the transport, HTTP or Kafka. */
export interface TransportMessage {
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly headers: Headers;
  /** The prefix of headers that are attributes: `ce-` in HTTP, `ce_` on a topic. */
  readonly prefix: 'ce-' | 'ce_';
}

/**
 * Reads a message in any of the three modes. In binary mode, the attributes are headers and the body is the data. In structured mode, the body is
 * the event; in batched mode, an array of events. Headers may repeat attributes of the body.
 */
export function cloudEventsOf({ body, contentType, headers, prefix }: TransportMessage): CloudEvents {
  const isInBody = /^application\/cloudevents\b/i.test(contentType ?? '');
  const attributes = Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith(prefix));
  if (!isInBody && attributes.length > 0) return [inBinaryMode(attributes, body, prefix)];
  return Array.isArray(body) ? (body as unknown[]) : [body];
}

function inBinaryMode(
  attributes: readonly [string, unknown][],
  data: unknown,
  prefix: TransportMessage['prefix'],
): object {
  const event: Record<string, unknown> = {};
  for (const [name, value] of attributes) {
    const attribute = name.slice(prefix.length).toLowerCase();
    // A header cannot set `data` or a prototype.
    if (!/^[a-z0-9]+$/.test(attribute) || attribute === 'data') continue;
    event[attribute] = prefix === 'ce-' ? percentDecoded(String(value)) : String(value);
  }
  return data === undefined ? event : { ...event, data };
}

/** In HTTP headers, characters other than printable ASCII are percent-encoded. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
