import { retry } from '@sestante/retry';
import { type Answer, Away, isPassing, refusalOf } from './request.ts';

/** Told why nothing goes on, and `undefined` once it does again. */
export type OnTrouble = (reason: string | undefined) => void;

export interface Persistence {
  readonly onTrouble?: OnTrouble | undefined;
  /** Ends the trying. */
  readonly signal?: AbortSignal | undefined;
}

const backoff = { minMs: 200, maxMs: 3_000 };

/** An answer that may be another one later. */
class Refused extends Error {
  constructor(readonly answer: Answer) {
    super(refusalOf(answer));
    this.name = 'Refused';
  }
}

/** Asks again and again, ever more slowly, until there is an answer that is not a passing trouble. Only a `Fault` or the signal ends it. */
export async function persist(ask: () => Promise<Answer>, { onTrouble, signal }: Persistence = {}): Promise<Answer> {
  let isTroubled = false;
  const answer = await retry(
    async () => {
      const given = await ask();
      if (isPassing(given)) throw new Refused(given);
      return given;
    },
    {
      signal,
      backoff,
      isRetriable: (error) => error instanceof Away || error instanceof Refused,
      pauseMsOf: (error) => (error instanceof Refused ? error.answer.retryAfterMs : undefined),
      onFailure(error) {
        isTroubled = true;
        onTrouble?.((error as Error).message);
      },
    },
  );
  if (isTroubled) onTrouble?.(undefined);
  return answer;
}
