import { elements } from '@sestante/engagement';
import { attributeNames, consentFields } from '@sestante/rules';

/** A column of `bi.customers`. */
export interface CustomerColumn {
  readonly name: string;
  readonly type: 'uuid' | 'text' | 'number' | 'integer' | 'boolean' | 'instant' | 'texts';
  readonly comment: string;
  /** Its field in rules, or its expression over `scoring.customer_score c`. */
  readonly from: { readonly field: string } | { readonly sql: string };
}

const parts = {
  bond: 'the slow score (half-life of months), 0 to 100; null without evidence',
  mood: 'the quick score (half-life of days), 0 to 100; null without evidence',
  drop: 'how far recent experience is below the bond; null without evidence',
  confidence: 'the share of the bond that was observed and not assumed, 0 to 1',
} as const;

const attributeComments: Readonly<Record<string, string>> = {
  country: 'country (ISO 3166-1 alpha-2); null if it is unknown',
  region: 'region within the country; null if it is unknown',
  language: 'language (BCP 47); null if it is unknown',
  birthDecade: 'decade of birth, such as 1980; null if it is unknown',
  tier: 'tier of the loyalty programme; null if it is unknown',
  tags: 'tags of the customer',
};

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll('-', '_');

function attributeColumn(name: string): CustomerColumn {
  const value = `c.attributes->'${name}'`;
  const column = { name: snakeCase(name), comment: attributeComments[name] ?? `attribute ${name}` };
  if (name === 'tags') {
    const items = `array(select jsonb_array_elements_text(${value}))`;
    const sql = `case when jsonb_typeof(${value}) = 'array' then ${items} else '{}'::text[] end`;
    return { ...column, type: 'texts', from: { sql } };
  }
  if (name !== 'birthDecade') return { ...column, type: 'text', from: { sql: `c.attributes->>'${name}'` } };
  const sql = `case when jsonb_typeof(${value}) = 'number' then (${value})::int end`;
  return { ...column, type: 'integer', from: { sql } };
}

/** All columns of `bi.customers`, in their order. */
export const customerColumns: readonly CustomerColumn[] = [
  {
    name: 'customer_id',
    type: 'uuid',
    comment: 'id of the customer, as in all routes',
    from: { sql: 'c.customer_id' },
  },
  {
    name: 'overall',
    type: 'number',
    comment: 'weighted geometric mean of the six bonds, 0 to 100; null without evidence',
    from: { field: 'overall' },
  },
  {
    name: 'loyal',
    type: 'boolean',
    comment: 'whether the customer is loyal, as the live model defines it; null if it does not',
    from: { field: 'loyal' },
  },
  {
    name: 'first_activity_at',
    type: 'instant',
    comment: 'instant of the first activity',
    from: { field: 'firstSeenAt' },
  },
  {
    name: 'last_activity_at',
    type: 'instant',
    comment: 'instant of the latest activity',
    from: { field: 'lastSeenAt' },
  },
  {
    name: 'channels',
    type: 'texts',
    comment: 'channels with evidence: web, mobile, store, service, other',
    from: { field: 'channels' },
  },
  {
    name: 'purchases',
    type: 'integer',
    comment: 'number of purchases that the live model counts',
    from: { sql: 'c.purchases' },
  },
  ...elements.flatMap((element) =>
    Object.entries(parts).map(([part, comment]): CustomerColumn => ({
      name: `${element}_${part}`,
      type: 'number',
      comment: `${element}: ${comment}`,
      from: { field: `${element}.${part}` },
    })),
  ),
  ...attributeNames.map(attributeColumn),
  ...consentFields.map(({ name }): CustomerColumn => ({
    name: snakeCase(name.replace('consents.', 'consent_')),
    type: 'text',
    comment: `consent to ${name.replace('consents.', '')}: granted, denied or unknown`,
    from: { field: name },
  })),
];
