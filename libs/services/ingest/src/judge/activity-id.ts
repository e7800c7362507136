import { nameUuid } from '@sestante/contracts';
import { parse } from 'uuid';

/**
 * The id of an activity: the name-based UUID of its messageId, with the id of its source as namespace. So a repeated event always has the same id.
 */
export function activityIdOf(source: string, messageId: string): string {
  return nameUuid(namespaceOf(source), messageId);
}

/** A cache: sources are few, and parsing an id costs as much as the hash. */
const namespaces = new Map<string, Uint8Array>();

function namespaceOf(source: string): Uint8Array {
  const namespace = namespaces.get(source) ?? parse(source);
  namespaces.set(source, namespace);
  return namespace;
}
