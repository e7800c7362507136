import { Injectable } from '@nestjs/common';
import type { Violation } from '@sestante/contracts';
import { identifierKey } from '@sestante/identity';
import type { Verdict } from '../judge/judge.ts';
import type { Source } from '../types/source.ts';
import { RecentCache } from '../judge/recent-cache.ts';

/** The orders of each customer that were told lately, by any source: what a page that is loaded again and an ERP tell under ids of their own counts each time. */
@Injectable()
export class ToldOrders {
  /** The activity that told an order, by the order. */
  private readonly told = new RecentCache<string>();

  /** What is wrong with it where its order was told by another activity. */
  check(verdict: Verdict, { isStrict }: Pick<Source, 'isStrict'>, now = performance.now()): Verdict {
    if (verdict.kind === 'rejected' || verdict.activity.name !== 'order.completed') return verdict;
    const { activityId, properties, identifiers } = verdict.activity;
    if (properties['order_id'] === undefined) return verdict;
    // Two shops may count their orders alike.
    const order = `${identifierKey(identifiers[0]!)} ${String(properties['order_id'])}`;
    const known = this.told.get(order);
    if (known === undefined) this.told.set(order, activityId, now);
    if (known === undefined || known === activityId) return verdict;
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
  reason: 'an order with this id was told under another message id: it counts again',
};
