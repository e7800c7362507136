/**
 * How a request says where its body ends: by its length; in chunks, of which there may be none; asking first whether anybody wants it; or not at all,
 * as it has none.
 */
export const framings = ['length', 'chunks', 'expect', 'none'] as const;
export type Framing = (typeof framings)[number];

export interface FuzzedRequest {
  /** The operation that it was made from, whatever became of it. */
  readonly operationId: string;
  readonly method: string;
  /** With its query. What stands in brackets, such as `<source7>`, is an id that the service gave out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  /** By its length, if left out. */
  readonly framing?: Framing;
}
