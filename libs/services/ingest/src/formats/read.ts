import type { Violation } from '@sestante/contracts';

/** What became of an event of another form: an event of the tracking API with what is wrong in its own form and the time zone of its local times where that is not its source's, or the reason why it is none. */
export type Read =
  | { readonly event: unknown; readonly violations?: readonly Violation[]; readonly timeZone?: string }
  | { readonly code: string; readonly reason: string; readonly messageId?: unknown };
