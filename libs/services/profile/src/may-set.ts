import { type Act, may, type VouchedBy } from '@sestante/identity';
import type { StandingEntry } from './standing-entries.ts';

/** Whether an activity may set a value of the standing, by who vouches for it: by a page alone anybody may say no, and nobody may say yes. */
export function maySet(entry: Pick<StandingEntry, 'field' | 'value'>, vouchedBy: VouchedBy): boolean {
  return may(vouchedBy, actOf(entry));
}

function actOf({ field, value }: Pick<StandingEntry, 'field' | 'value'>): Act {
  if (value === 'denied') return 'deny-consent';
  if (value === 'granted') return 'grant-consent';
  if (field !== 'inDifficulty' && field !== 'openApology') return 'set-preferences';
  if (value === 'no') return 'lift-protection';
  return field === 'inDifficulty' ? 'report-difficulty' : 'report-failure';
}
