import type { ActivityScored } from '@sestante/contracts';
import type { PoolClient } from 'pg';
import { causeOf } from './decide-batch.ts';
import { decisionIdOf, offerIdOf } from './decision-id.ts';
import { findDecisions } from './store/decisions.ts';
import { findOffers } from './store/offers.ts';
import type { Result } from './to-message.ts';

/** How much the clocks of two processes may differ. */
const clockDifferenceMs = 86_400_000;

/**
 * The results of the activities that have been decided before, by activity id. An offer is found also if the month of its decision has been
 * removed, so that no activity leads to a second offer.
 */
export async function findResults(
  client: PoolClient,
  activities: readonly ActivityScored[],
): Promise<Map<string, Result>> {
  if (activities.length === 0) return new Map();
  const keys = activities.map(({ activityId, memberId }) => ({ memberId, decisionId: decisionIdOf(activityId) }));
  const [decisions, offers] = await Promise.all([
    findDecisions(client, keys, earliestDecision(activities)),
    findOffers(
      client,
      keys.map(({ decisionId }) => offerIdOf(decisionId)),
    ),
  ]);
  const results = new Map<string, Result>();
  for (const [index, activity] of activities.entries()) {
    const { decisionId } = keys[index]!;
    const [decision, offer] = [decisions.get(decisionId), offers.get(decisionId)];
    if (offer) results.set(activity.activityId, { offer, cause: decision?.cause ?? causeOf(activity) });
    else if (decision) results.set(activity.activityId, { decision });
  }
  return results;
}

/** No activity is decided before it is received. */
function earliestDecision(activities: readonly ActivityScored[]): number {
  const receipts = activities.map(({ receivedAt }) => Date.parse(receivedAt));
  return Math.min(...receipts) - clockDifferenceMs;
}
