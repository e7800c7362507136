import type { Violation } from '@sestante/contracts';

/**
 * The result of reading an event of another format: an event of the tracking API, with the violations of its own format and the time zone of its
 * local times if it is not that of the source; or the reason why it could not be read.
 */
export type Read =
  | { readonly event: unknown; readonly violations?: readonly Violation[]; readonly timeZone?: string }
  | { readonly code: string; readonly reason: string; readonly messageId?: unknown };
