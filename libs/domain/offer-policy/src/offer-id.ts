const uuid = /^\s*\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s*$/i;

/** The id of an offer as it was given out, from how programs write a UUID: in capitals, in braces. Undefined where it can be none of ours. */
export function readOfferId(written: string): string | undefined {
  return uuid.exec(written)?.[1]?.toLowerCase();
}
