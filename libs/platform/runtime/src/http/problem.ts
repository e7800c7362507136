/** An error that is sent to the client: an HTTP status, a stable code for programs and a sentence for people. */
export class Problem extends Error {
  /** Whether the operation may succeed later: handlers of topics retry it. */
  readonly retriable: boolean;

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** After how many seconds to retry. */
    readonly retryAfterSeconds?: number,
    /** Further members of the problem details. */
    readonly more?: Readonly<Record<string, unknown>>,
  ) {
    super(detail);
    this.retriable = status === 429 || status === 503;
    this.name = 'Problem';
  }
}

/** 404 for something that does not exist, or that the caller is not allowed to see. */
export const notFound = (what: string) => new Problem(404, 'not-found', `There is no such ${what}.`);

/** 410 for a customer who was erased: nothing is stored about them, and the id is not used again. */
export const customerErased = () => new Problem(410, 'customer-erased', 'The customer was erased.');
