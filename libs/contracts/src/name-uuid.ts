import { hash } from 'node:crypto';

/**
 * The UUID version 5 (RFC 9562) of a name in a namespace of 16 bytes: the same name always has the same id. Own code, because each event needs one: the
 * `uuid` package takes four times as long.
 */
export function nameUuid(namespace: Uint8Array, name: string): string {
  const bytes = Buffer.allocUnsafe(namespace.length + Buffer.byteLength(name));
  bytes.set(namespace);
  bytes.write(name, namespace.length);
  const digest = hash('sha1', bytes);
  const variant = variants[Number.parseInt(digest[16]!, 16) & 3]!;
  const [low, middle, high] = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(13, 16)];
  return `${low}-${middle}-5${high}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The two upper bits of the variant are 10. */
const variants = ['8', '9', 'a', 'b'];
