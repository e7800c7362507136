import type { Framing } from './framing.ts';

export interface FuzzedRequest {
  /** The operation for which it was generated, even if the method or path was changed. */
  readonly operationId: string;
  readonly method: string;
  /** With the query. Placeholders such as `<source7>` stand for ids from earlier responses. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if no body is sent. */
  readonly body: Buffer | undefined;
  readonly framing: Framing;
}
