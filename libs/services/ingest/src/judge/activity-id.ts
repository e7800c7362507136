import { parse, v5 } from 'uuid';

/** The id of an activity: UUID version 5 of its messageId under its source's id, so that a repeated event has the same id wherever it is met. */
export function activityIdOf(source: string, messageId: string): string {
  return v5(messageId, namespaceOf(source));
}

/** Sources are few, and to read their ids costs as much as the hash. */
const namespaces = new Map<string, Uint8Array>();

function namespaceOf(source: string): Uint8Array {
  const known = namespaces.get(source) ?? parse(source);
  namespaces.set(source, known);
  return known;
}
