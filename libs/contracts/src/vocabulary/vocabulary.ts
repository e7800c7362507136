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
import { pages } from './chapters/pages.ts';
import { sharing } from './chapters/sharing.ts';
import { shopping } from './chapters/shopping.ts';
import { stores } from './chapters/stores.ts';
import type { Chapter, Term } from './term.ts';

/** The vocabulary in the order of the documentation. */
export const chapters: readonly Chapter[] = [
  pages,
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

/** Every activity that Sestante defines, by name. All other names are custom activities, whose properties are not checked. */
export const vocabulary: Readonly<Record<string, Term>> = Object.assign({}, ...chapters.map(({ terms }) => terms));
