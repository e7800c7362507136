import { done } from '../outcome.ts';
import { redriveGroupOf, toOriginalDelivery } from '../redrive.ts';
import { noOutcome } from '../settle.ts';
import type { Delivery } from '../stream.ts';
import type { HandlerContext, Middleware } from './compose.ts';

/**
 * A redriven message is for one group: for others it is `done`, and that group gets it in its original form. `onHandled` is called with redriven
 * messages that were handled; while it rejects, they are redelivered. It must be the innermost middleware: others count by actual offsets.
 */
export function redriving(
  onHandled: (deliveries: readonly Delivery[], context: HandlerContext) => Promise<void>,
): Middleware {
  return (next) => async (batch, context) => {
    if (!batch.some(isRedriven)) return next(batch, context);
    const own = batch.filter((delivery) => isFor(delivery, context));
    const given = own.map((delivery) => toOriginalDelivery(delivery, context.group));
    const outcomes = given.length > 0 ? await next(given, context) : [];
    const handled = given.filter((_, index) => isRedriven(own[index]!) && outcomes[index]?.kind === 'done');
    if (handled.length > 0) await onHandled(handled, context);
    let at = 0;
    return batch.map((delivery) => (isFor(delivery, context) ? (outcomes[at++] ?? noOutcome) : done));
  };
}

const isRedriven = (delivery: Delivery) => redriveGroupOf(delivery) !== undefined;
const isFor = (delivery: Delivery, { group }: HandlerContext) => (redriveGroupOf(delivery) ?? group) === group;
