import { within } from '../waiting.ts';
import { withAdmin } from './admin.ts';
import { isRefusal, reasonOf, rootCauseOf } from './failure.ts';
import type { KafkaContext } from './kafka-context.ts';

/** Directories lock users after some failed attempts, and token endpoints limit requests. */
const refusedPauseMs = 5_000;

/**
 * Returns a check that rejects, with the reason, while the cluster does not respond within `ms`, refuses the credentials, or denies an operation.
 * Refused credentials are tried again after 5 s.
 */
export function checkOf(
  { kafka, refusals }: Pick<KafkaContext, 'kafka' | 'refusals'>,
  ms: number,
  now: () => number = Date.now,
): () => Promise<void> {
  let refusal: { readonly error: Error; readonly until: number } | undefined;
  return async () => {
    if (refusal && now() < refusal.until) throw refusal.error;
    const response = await within(
      ms,
      withAdmin(kafka, (admin) => admin.describeCluster()),
    ).catch((cause) => {
      const summary = isRefusal(cause) ? 'Kafka denies access' : 'Kafka does not respond';
      const error = new Error(`${summary}: ${reasonOf(cause)}`, { cause });
      if (isRefusal(cause) || rootCauseOf(cause).name === 'TokenRequestFailed')
        refusal = { error, until: now() + refusedPauseMs };
      throw error;
    });
    if (!response) throw new Error(`Kafka does not respond within ${ms} ms`);
    if (refusals.all().length > 0) throw new Error(`Kafka denies access: ${refusals.all().join('; ')}`);
  };
}
