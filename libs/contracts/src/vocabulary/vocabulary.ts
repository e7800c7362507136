import { brand } from './chapters/brand.ts';
import { checkout } from './chapters/checkout.ts';
import { consents } from './chapters/consents.ts';
import { contacts } from './chapters/contacts.ts';
import { deliveries } from './chapters/deliveries.ts';
import { feedback } from './chapters/feedback.ts';
import { mobile } from './chapters/mobile.ts';
import { offers } from './chapters/offers.ts';
import { orders } from './chapters/orders.ts';
import { payments } from './chapters/payments.ts';
import { promotions } from './chapters/promotions.ts';
import { seeing } from './chapters/seeing.ts';
import { sharing } from './chapters/sharing.ts';
import { shopping } from './chapters/shopping.ts';
import { stores } from './chapters/stores.ts';
import type { Chapter, Term } from './term.ts';

/** The vocabulary in the order in which it is read. */
export const chapters: readonly Chapter[] = [
  seeing,
  shopping,
  promotions,
  sharing,
  checkout,
  orders,
  deliveries,
  stores,
  contacts,
  feedback,
  offers,
  consents,
  payments,
  brand,
  mobile,
];

/** Every activity that Sestante knows, by our name. All other names are custom activities: they are taken as they come. */
export const vocabulary: Readonly<Record<string, Term>> = Object.assign({}, ...chapters.map(({ terms }) => terms));
