/** The write key that a request carries: user name of Basic authentication, or `writeKey` in the body, as different SDKs send it. */
export function writeKeyOf(body: unknown, authorization: string | undefined): string | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const fromHeader = encoded && Buffer.from(encoded, 'base64').toString().split(':')[0];
  if (fromHeader) return fromHeader;
  const { writeKey } = (body ?? {}) as { writeKey?: unknown };
  return typeof writeKey === 'string' && writeKey !== '' ? writeKey : undefined;
}
