/**
 * The outcome of one message: its effects are durable (`done`), it must be delivered again (`retry`), or it can never be handled (`deadLetter`).
 * A message that needs no effect is `done`.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'deadLetter'; readonly reason: string };

export const done: Outcome = { kind: 'done' };
export const retry = (reason: string): Outcome => ({ kind: 'retry', reason });
export const deadLetter = (reason: string): Outcome => ({ kind: 'deadLetter', reason });
