import { hash } from 'node:crypto';
import { parse } from 'uuid';

/**
 * The id of an activity: UUID version 5 (RFC 9562) of its messageId, with the id of its source as namespace. So a repeated event always has the
 * same id. Own code, because each event needs one: the `uuid` package takes four times as long.
 */
export function activityIdOf(source: string, messageId: string): string {
  const namespace = namespaceOf(source);
  const bytes = Buffer.allocUnsafe(namespace.length + Buffer.byteLength(messageId));
  bytes.set(namespace);
  bytes.write(messageId, namespace.length);
  const digest = hash('sha1', bytes);
  const variant = variants[Number.parseInt(digest[16]!, 16) & 3]!;
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `5${digest.slice(13, 16)}`, variant + digest.slice(17, 20)];
  return `${parts.join('-')}-${digest.slice(20, 32)}`;
}

/** The two upper bits of the variant are 10. */
const variants = ['8', '9', 'a', 'b'];

/** A cache: sources are few, and parsing an id costs as much as the hash. */
const namespaces = new Map<string, Uint8Array>();

function namespaceOf(source: string): Uint8Array {
  const namespace = namespaces.get(source) ?? parse(source);
  namespaces.set(source, namespace);
  return namespace;
}
