import { done } from '../outcome.ts';
import { asItCameFirst, redrivenFor } from '../redrive.ts';
import { noOutcome } from '../settle.ts';
import type { Delivery } from '../stream.ts';
import type { Middleware, Where } from './compose.ts';

/**
 * A message that is driven again is for one group: the others are done with it, and that one is given it as it came first. `onHandled` is told those
 * that it could use this time; while it rejects, they come again. Innermost: what surrounds it counts and pauses by the places in the stream.
 */
export function redriving(onHandled: (deliveries: readonly Delivery[], where: Where) => Promise<void>): Middleware {
  return (next) => async (batch, where) => {
    if (!batch.some(isRedriven)) return next(batch, where);
    const own = batch.filter((delivery) => isFor(delivery, where));
    const given = own.map((delivery) => asItCameFirst(delivery, where.group));
    const outcomes = given.length > 0 ? await next(given, where) : [];
    const handled = given.filter((_, index) => isRedriven(own[index]!) && outcomes[index]?.kind === 'done');
    if (handled.length > 0) await onHandled(handled, where);
    let at = 0;
    return batch.map((delivery) => (isFor(delivery, where) ? (outcomes[at++] ?? noOutcome) : done));
  };
}

const isRedriven = (delivery: Delivery) => redrivenFor(delivery) !== undefined;
const isFor = (delivery: Delivery, { group }: Where) => (redrivenFor(delivery) ?? group) === group;
