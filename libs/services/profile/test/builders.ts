import type { ActivityReceived } from '@sestante/contracts';
import type { Identifier } from '@sestante/identity';
import { v5 as uuidv5 } from 'uuid';

/** The source of all activities of the tests. */
export const shop = '0199c0de-0000-7000-8000-00000000a001';
export const noon = Date.UTC(2026, 10, 20, 12);
/** The instant this many minutes after noon (UTC) on 20 November 2026. */
export const minutesAfterNoon = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

export const user = (value: string): Identifier => ({ kind: 'user_id', value });
export const card = (value: string): Identifier => ({ kind: 'loyalty_card', value });
export const mail = (value: string): Identifier => ({ kind: 'email', value });
export const phone = (value: string): Identifier => ({ kind: 'phone', value });
export const visitor = (value: string): Identifier => ({ kind: 'anonymous_id', value });
export const device = (value: string): Identifier => ({ kind: 'device_id', value });

let count = 0;

/** Ada views a product in the web shop at noon. Each call makes a new activity unless `messageId` is given. */
export function anActivity(over: Partial<ActivityReceived> = {}): ActivityReceived {
  const { source = shop, messageId = `message-${++count}`, timestamp = minutesAfterNoon(0) } = over;
  return {
    activityId: uuidv5(messageId, shop),
    source,
    messageId,
    type: 'track',
    name: 'product.viewed',
    channel: 'web',
    vouchedBy: 'secret',
    identifiers: [user('ada')],
    timestamp,
    receivedAt: timestamp,
    properties: { sku: 's-1' },
    traits: {},
    contentHash: 1,
    ...over,
  };
}
