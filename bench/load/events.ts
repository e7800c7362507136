import { randomUUID } from 'node:crypto';
import { kinds } from './activities.ts';
import { pick, type Random, random, whole } from './random.ts';

/** The number of customers in the events, unless said otherwise. */
export const customers = 5_000;

export interface EventOptions {
  readonly event?: string;
  readonly userId?: string;
  /** When it happened; the default is now. */
  readonly timestamp?: Date;
}

const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 shop/4.2';
const pages = ['/', '/sale', '/new', '/women', '/men', '/home', '/account/orders'];
const dice = kinds.flatMap((kind) => new Array<(typeof kinds)[number]>(kind.share).fill(kind));

/**
 * Creates a generator of retail events of about 600 bytes, as a Segment SDK would send them. The same seed gives the same sequence with new ids.
 * They are of the customers 1 to `among`: `customer-<n>`, on the device `visitor-<n>`.
 */
export function eventSource(seed: number, among = customers): (options?: EventOptions) => string {
  const choose = random(seed);
  return (options = {}) => JSON.stringify(oneEvent(choose, among, options));
}

function oneEvent(choose: Random, among: number, options: EventOptions): object {
  const kind = kinds.find(({ event }) => event === options.event) ?? pick(choose, dice);
  const number = whole(choose, 1, among);
  const page = pick(choose, pages);
  const isSignedIn = options.userId !== undefined || choose() < 0.85;
  return {
    type: 'track',
    event: kind.event,
    messageId: randomUUID(),
    ...(isSignedIn ? { userId: options.userId ?? `customer-${number}` } : {}),
    ...(options.userId === undefined ? { anonymousId: `visitor-${number}` } : {}),
    timestamp: (options.timestamp ?? new Date()).toISOString(),
    properties: kind.properties(choose),
    context: {
      channel: pick(choose, kind.channels),
      locale: 'it-IT',
      userAgent: agent,
      page: { path: page, title: 'Shop', url: `https://shop.example${page}` },
      library: { name: 'analytics.js', version: '2.1.0' },
    },
  };
}
