import { v5 } from 'uuid';

/** The id of an activity: UUID version 5 of its messageId under its source's id, so that a repeated event has the same id wherever it is met. */
export function activityIdOf(source: string, messageId: string): string {
  return v5(messageId, source);
}
