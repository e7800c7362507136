export interface FuzzedRequest {
  /** The operation that it was made from, whatever became of it. */
  readonly operationId: string;
  readonly method: string;
  /** With its query. What stands in brackets, such as `<source7>`, is an id that the service gave out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}
