import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { textOf, timeOf } from './fields.ts';
import { type HouseholdEvent, storeEvent } from './household-event.ts';
import { readRows } from './rows.ts';

const file = 'coupon_redemptions.csv.gz';
const columns = ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'] as const;

/** Reads the redeemed coupons as `Coupon Applied`; none without the file. The data has only their day: the time is midnight UTC. Throws `Fault`. */
export async function readCoupons(folder: string): Promise<HouseholdEvent[]> {
  const coupons: HouseholdEvent[] = [];
  if (!existsSync(join(folder, file))) return coupons;
  await readRows(join(folder, file), columns, (row) => {
    const household = textOf(row, 'household_id');
    const [coupon, campaign] = [textOf(row, 'coupon_upc'), textOf(row, 'campaign_id')];
    const day = timeOf(row, 'redemption_date');
    coupons.push(
      storeEvent({
        household,
        id: `coupon:${household}:${coupon}:${campaign}:${day}`,
        event: 'Coupon Applied',
        timestamp: new Date(day).toISOString(),
        properties: { coupon_id: coupon, campaign_id: campaign },
      }),
    );
  });
  return coupons;
}
