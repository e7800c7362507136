/** The CloudEvents of one message, each in its structured form: one, or those of a batch. */
export type CloudEvents = readonly unknown[];

type Headers = Readonly<Record<string, unknown>>;

/** A message as its transport has it. */
export interface Carrier {
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly headers: Headers;
  /** How the headers begin that are attributes: `ce-` over HTTP, `ce_` on a topic. */
  readonly prefix: 'ce-' | 'ce_';
}

/**
 * Reads a message in any of the three modes. In binary mode the attributes are headers, and the body is the data; in structured mode the
 * body is the event, in batched mode an array of them, and headers may repeat what it says.
 */
export function cloudEventsOf({ body, contentType, headers, prefix }: Carrier): CloudEvents {
  const isInBody = /^application\/cloudevents\b/i.test(contentType ?? '');
  const attributes = Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith(prefix));
  if (!isInBody && attributes.length > 0) return [inBinaryMode(attributes, body, prefix)];
  return Array.isArray(body) ? (body as unknown[]) : [body];
}

function inBinaryMode(attributes: readonly [string, unknown][], data: unknown, prefix: Carrier['prefix']): object {
  const event: Record<string, unknown> = {};
  for (const [name, value] of attributes) {
    const attribute = name.slice(prefix.length).toLowerCase();
    // Data and prototypes are no attributes, whatever a header is called.
    if (!/^[a-z0-9]+$/.test(attribute) || attribute === 'data') continue;
    event[attribute] = prefix === 'ce-' ? percentDecoded(String(value)) : String(value);
  }
  return data === undefined ? event : { ...event, data };
}

/** Over HTTP, values that are not printable ASCII come percent-encoded. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
