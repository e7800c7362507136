import { retry } from '@sestante/retry';
import { type Answer, Unreachable, isTransient, problemText } from './request.ts';

/** Called with the reason of a failure, and with `undefined` after the recovery. */
export type OnError = (reason: string | undefined) => void;

export interface RetryOptions {
  readonly onError?: OnError | undefined;
  /** Ends the retries. */
  readonly signal?: AbortSignal | undefined;
}

const backoff = { minMs: 200, maxMs: 3_000 };

/** A response after which a retry may succeed. */
class TransientFailure extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(problemText(answer));
    this.answer = answer;
    this.name = 'TransientFailure';
  }
}

/** Repeats a request with increasing pauses until there is a response that is not a transient failure. Only a `Fault` or the signal ends the retries. */
export async function retryRequest(
  send: () => Promise<Answer>,
  { onError, signal }: RetryOptions = {},
): Promise<Answer> {
  let hasFailed = false;
  const answer = await retry(
    async () => {
      const given = await send();
      if (isTransient(given)) throw new TransientFailure(given);
      return given;
    },
    {
      signal,
      backoff,
      isRetriable: (error) => error instanceof Unreachable || error instanceof TransientFailure,
      pauseMsOf: (error) => (error instanceof TransientFailure ? error.answer.retryAfterMs : undefined),
      onFailure(error) {
        hasFailed = true;
        onError?.((error as Error).message);
      },
    },
  );
  if (hasFailed) onError?.(undefined);
  return answer;
}
