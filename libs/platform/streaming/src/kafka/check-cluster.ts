import { within } from '../waiting.ts';
import { withAdmin } from './admin.ts';
import { isRefusal, reasonOf, rootOf } from './failure.ts';
import type { Life } from './life.ts';

/** Directories lock users after some wrong attempts, and token endpoints count. */
const refusedRestMs = 5_000;

/**
 * Rejects, with the reason, while the cluster gives no answer within `ms`, does not let us in, or refuses what we do. Credentials that were refused
 * are tried again after 5 s.
 */
export function checkOf(
  { kafka, refusals }: Pick<Life, 'kafka' | 'refusals'>,
  ms: number,
  now: () => number = Date.now,
): () => Promise<void> {
  let refusal: { readonly error: Error; readonly until: number } | undefined;
  return async () => {
    if (refusal && now() < refusal.until) throw refusal.error;
    const answer = await within(
      ms,
      withAdmin(kafka, (admin) => admin.describeCluster()),
    ).catch((cause) => {
      const what = isRefusal(cause) ? 'Kafka refuses' : 'Kafka does not answer';
      const error = new Error(`${what}: ${reasonOf(cause)}`, { cause });
      if (isRefusal(cause) || rootOf(cause).name === 'NoToken') refusal = { error, until: now() + refusedRestMs };
      throw error;
    });
    if (!answer) throw new Error(`Kafka does not answer within ${ms} ms`);
    if (refusals.all().length > 0) throw new Error(`Kafka refuses: ${refusals.all().join('; ')}`);
  };
}
