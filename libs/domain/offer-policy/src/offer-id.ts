const uuid = /^\s*\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i;

/** Normalises the id of an offer, a UUID. Accepts capitals, braces and surrounding spaces. Returns undefined if it is not a UUID. */
export function readOfferId(written: string): string | undefined {
  return uuid.exec(written)?.[1]?.toLowerCase();
}
