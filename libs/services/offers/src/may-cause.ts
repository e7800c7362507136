import type { ActivityScored } from '@sestante/contracts';
import { type Act, may } from '@sestante/identity';
import type { Template } from '@sestante/offer-policy';

/** Activities that report something for which an apology, or help with a payment, is due. */
const reports = new Map<string, Act>([
  ['promise.broken', 'report-failure'],
  ['offer.refused', 'report-failure'],
  ['payment.difficulty_reported', 'report-difficulty'],
]);

/** The kinds of template that an activity may lead to, by who vouches for it. */
export function mayCause({ name, vouchedBy }: Pick<ActivityScored, 'name' | 'vouchedBy'>): Template['kind'][] {
  const report = reports.get(name);
  if (report && !may(vouchedBy, report)) return [];
  return (['economic', 'relational'] as const).filter((kind) => may(vouchedBy, `cause-${kind}-offer`));
}
