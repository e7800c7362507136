/** An answer other than success, with a stable code for programs and a sentence for people. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** After how many seconds it may go well. */
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

/** 404 for something that does not exist, or is not this caller's to see. */
export const notFound = (what: string) => new Problem(404, 'not-found', `There is no such ${what}.`);
