import { type ActivityScored, type Attributes, consentSubjects } from '@sestante/contracts';
import { uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import { partitionOf } from './landmark.ts';

/** What profile tells of a customer with each activity: what of it a row keeps. */
export interface ToldOfCustomer {
  /** When the activity was received, in milliseconds since 1970. */
  readonly toldAt: number;
  /** As JSON; null without any. */
  readonly attributes: string | null;
  /** Those that were given or denied, as JSON; null without any. */
  readonly consents: string | null;
}

export function toldOf({ standing, attributes, receivedAt }: Told): ToldOfCustomer {
  return {
    toldAt: Date.parse(receivedAt),
    attributes: attributes ? JSON.stringify(attributes satisfies Attributes) : null,
    consents: consentsOf(standing),
  };
}

type Told = Pick<ActivityScored, 'standing' | 'attributes' | 'receivedAt'>;

function consentsOf(standing: Told['standing']): string | null {
  const { offers, personalisation, measurement, channels } = standing;
  // Most customers have said nothing.
  if (offers === 'unknown' && personalisation === 'unknown' && !measurement && !channels) return null;
  const said = { offers, personalisation, measurement, ...channels };
  const known = consentSubjects.flatMap((subject) => {
    const value = said[subject];
    return value === undefined || value === 'unknown' ? [] : [[subject, value] as const];
  });
  return known.length > 0 ? JSON.stringify(Object.fromEntries(known)) : null;
}

/** Copies what was told last of customers to their rows under a model, if a row under another model knows it: it does not depend on the model. */
export async function copyTold(client: PoolClient, modelId: number, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await client.query({
    name: `scoring-copy-told-${modelId}`,
    text: `
      update ${partitionOf(modelId)} c
         set attributes = other.attributes, consents = other.consents, told_at = other.told_at
        from (select distinct on (customer_id) customer_id, attributes, consents, told_at
                from scoring.customer_score
               where customer_id = any($1::uuid[]) and told_at is not null
               order by customer_id, told_at desc) other
       where c.customer_id = other.customer_id and (c.told_at is null or c.told_at < other.told_at)`,
    values: [uuidArray(customerIds)],
  });
}
