import { hash } from 'node:crypto';

/** The namespace of decision ids. They are derived from the cause: it leads to one decision, also if it is delivered again. */
const namespace = Buffer.from('d1d3c7c05e575a478e00000000000001', 'hex');

export const decisionIdOf = (causeActivityId: string): string => uuidOf(causeActivityId);
/** The id of the offer of a decision, if it has one. */
export const offerIdOf = (decisionId: string): string => uuidOf(decisionId);

/** The UUID version 5 (RFC 9562) of a name. Own code, because each decision needs one: the `uuid` package takes four times as long. */
function uuidOf(name: string): string {
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
