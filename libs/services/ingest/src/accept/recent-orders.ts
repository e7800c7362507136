import type { Violation } from '@sestante/contracts';
import { identifierKey } from '@sestante/identity';
import type { Verdict } from '../judge/judge.ts';
import type { Source } from '../types/source.ts';
import { RecentCache } from '../judge/recent-cache.ts';

/** Detects orders that were received recently under another message id, from any source: a reloaded page and an ERP may send the same order with different ids. */
export class RecentOrders {
  /** The id of the first activity of each order. */
  private readonly activities = new RecentCache<string>();

  /** Adds a violation if another activity has the same order. */
  check(verdict: Verdict, { isStrict }: Pick<Source, 'isStrict'>, now = performance.now()): Verdict {
    if (verdict.kind === 'rejected' || verdict.activity.name !== 'order.completed') return verdict;
    const { activityId, properties, identifiers } = verdict.activity;
    if (properties['order_id'] === undefined) return verdict;
    // Two shops may use the same order numbers, so the customer is part of the key.
    const order = `${identifierKey(identifiers[0]!)} ${String(properties['order_id'])}`;
    const firstId = this.activities.get(order);
    if (firstId === undefined) this.activities.set(order, activityId, now);
    if (firstId === undefined || firstId === activityId) return verdict;
    const { activity, violations } = verdict;
    const { code, field, reason } = repeated;
    if (isStrict) return { kind: 'rejected', rejection: { code, reason, messageId: activity.messageId } };
    return {
      ...verdict,
      activity: { ...activity, violations: [...(activity.violations ?? []), { code, field }] },
      violations: [...violations, repeated],
    };
  }
}

const repeated: Violation = {
  code: 'order-repeated',
  field: 'order_id',
  reason: 'an order with this id was received with another messageId: it counts twice; use one messageId per order',
};
