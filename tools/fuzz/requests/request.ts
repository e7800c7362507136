import type { Framing } from './framing.ts';

export interface FuzzedRequest {
  /** The operation that it was made from, whatever became of it. */
  readonly operationId: string;
  readonly method: string;
  /** With its query. What stands in brackets, such as `<source7>`, is an id that the service gave out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where nothing of it is sent. */
  readonly body: Buffer | undefined;
  readonly framing: Framing;
}
