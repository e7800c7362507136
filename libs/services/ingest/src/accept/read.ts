/** What became of an event of another form: an event of the tracking API, or the reason why it is none. */
export type Read =
  { readonly event: unknown } | { readonly code: string; readonly reason: string; readonly messageId?: unknown };
