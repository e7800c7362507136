import { type Catalogue, catalogueOf, type Field } from './field.ts';
import { channels } from './channels.ts';

const elements = ['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'];
const parts = { bond: [0, 100], mood: [0, 100], drop: [-100, 100], confidence: [0, 1] } as const;
const purposes = ['offers', 'personalisation', 'measurement'];
const contactChannels = ['email', 'push', 'sms', 'in-app', 'store', 'post', 'call'];
const consents = ['granted', 'denied', 'unknown'];

/** Bond and mood 0..100, drop −100..100, confidence 0..1; without a value if there is no evidence. `overall` is the bond of all elements. */
export const scoreFields: readonly Field[] = [
  ...elements.flatMap((element) =>
    Object.entries(parts).map(([part, range]): Field => ({ name: `${element}.${part}`, type: 'number', range })),
  ),
  { name: 'overall', type: 'number', range: [0, 100] },
];

/** Whether the customer is loyal by the definition of the model. */
export const loyalField: Field = { name: 'loyal', type: 'boolean' };

/** The consents to purposes and to contact by channel. A consent that was never given or denied is `unknown`. */
export const consentFields: readonly Field[] = [...purposes, ...contactChannels].map((subject) => ({
  name: `consents.${subject}`,
  type: 'text',
  choices: consents,
}));

/** The channels that the customer has used, and the instants of the first and the last activity. */
export const presenceFields: readonly Field[] = [
  { name: 'channels', type: 'texts', choices: channels },
  { name: 'firstSeenAt', type: 'instant' },
  { name: 'lastSeenAt', type: 'instant' },
];

/** The purchases of the customer, and how unusual it is that there were none for so long: without a value if there was none, or if the model has no rhythm. */
export const purchaseFields: readonly Field[] = [
  { name: 'purchases.count', type: 'number' },
  { name: 'purchases.usualDays', type: 'number' },
  { name: 'purchases.silentDays', type: 'number' },
  { name: 'purchases.chance', type: 'number', range: [0, 1] },
  { name: 'purchases.surprise', type: 'number', range: [0, 1] },
];

const count = /^activities\.([\p{L}\p{M}\p{N}_.-]{1,128})\.count(?:\.([1-9]\d{0,3})d)?$/u;
const last = /^activities\.([\p{L}\p{M}\p{N}_.-]{1,128})\.lastAt$/u;

/** `activities.<name>.count`, `activities.<name>.count.<days>d` with 1 to 9999 days, and `activities.<name>.lastAt`. */
export const historyCatalogue: Catalogue = (name) => {
  const [, counted, days] = count.exec(name) ?? [];
  if (counted !== undefined)
    return { name, type: 'number', counted: { activity: counted, ...(days && { days: Number(days) }) } };
  const lastOf = last.exec(name)?.[1];
  return lastOf === undefined ? undefined : { name, type: 'instant', lastOf };
};

/** The fields of a customer with a fixed name. */
export const customerFields: readonly Field[] = [...scoreFields, loyalField, ...consentFields, ...presenceFields];

const fixed = catalogueOf(customerFields);

/** Every field of a customer. */
export const customerCatalogue: Catalogue = (name) => fixed(name) ?? historyCatalogue(name);
