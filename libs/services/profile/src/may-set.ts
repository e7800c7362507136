import { type Act, may, type VouchedBy } from '@sestante/identity';
import { pageVouchedPause } from './contact-policy/contact-settings.ts';
import type { StandingEntry } from './standing-entries.ts';

/** Whether an activity may set a value of the standing, by who vouches for it: by a page alone anybody may say no, and nobody may say yes. */
export function maySet(entry: Pick<StandingEntry, 'field' | 'value'>, vouchedBy: VouchedBy): boolean {
  return may(vouchedBy, actOf(entry));
}

function actOf({ field, value }: Pick<StandingEntry, 'field' | 'value'>): Act {
  if (value === 'denied') return 'deny-consent';
  if (value === 'granted') return 'grant-consent';
  if (field === 'pausedUntil' && value !== '') return 'pause-offers';
  if (field !== 'inDifficulty' && field !== 'openApology') return 'set-preferences';
  if (value === 'no') return 'lift-protection';
  return field === 'inDifficulty' ? 'report-difficulty' : 'report-failure';
}

/** The values that an activity may set. A pause is kept apart by who vouches for it, so that a page alone does not shorten that of the customer. */
export function allowedOf(entries: readonly StandingEntry[], vouchedBy: VouchedBy): StandingEntry[] {
  return entries
    .filter((entry) => maySet(entry, vouchedBy))
    .flatMap((entry): StandingEntry[] => {
      if (entry.field !== 'pausedUntil') return [entry];
      if (vouchedBy === 'page') return [{ ...entry, field: pageVouchedPause }];
      return [entry, { ...entry, field: pageVouchedPause, value: '' }];
    });
}
