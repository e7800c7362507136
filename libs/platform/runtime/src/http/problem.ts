/** An answer other than success, with a stable code for programs and a sentence for people. */
export class Problem extends Error {
  /** Whether the same may go well later: handlers of topics try it again. */
  readonly retriable: boolean;

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** After how many seconds it may go well. */
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
    this.retriable = status === 429 || status === 503;
    this.name = 'Problem';
  }
}

/** 404 for something that does not exist, or is not this caller's to see. */
export const notFound = (what: string) => new Problem(404, 'not-found', `There is no such ${what}.`);
