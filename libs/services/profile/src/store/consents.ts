import type { ConsentSubject } from '@sestante/contracts';
import { jsonArray, textArray, timestampArray, uuidArray } from '@sestante/postgres';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { ConsentRecord } from '../consent-records.ts';
import { millisecondsOf } from './milliseconds.ts';

/** Adds consents with their proof. They are never changed. The activities must be new: `addSeen` is in the same transaction. */
export async function addConsents(client: PoolClient, records: readonly ConsentRecord[]): Promise<void> {
  if (records.length === 0) return;
  await client.query({
    name: 'profile-add-consents',
    text: `insert into profile.consent (member_id, subject, said_at, activity_id, value, received_at, activity, channel, source, vouched_by, acted_by,
                                        wording, policy_version)
           select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[],
                                $10::text[], $11::json[], $12::text[], $13::text[])`,
    values: [
      uuidArray(records.map(({ memberId }) => memberId)),
      textArray(records.map(({ subject }) => subject)),
      timestampArray(records.map(({ saidAt }) => millisecondsOf(saidAt))),
      uuidArray(records.map(({ activityId }) => activityId)),
      textArray(records.map(({ value }) => value)),
      timestampArray(records.map(({ receivedAt }) => millisecondsOf(receivedAt))),
      textArray(records.map(({ activity }) => activity)),
      textArray(records.map(({ channel }) => channel)),
      textArray(records.map(({ source }) => source)),
      textArray(records.map(({ vouchedBy }) => vouchedBy)),
      jsonArray(records.map(({ actedBy }) => (actedBy ? JSON.stringify(actedBy) : null))),
      textArray(records.map(({ wording }) => wording)),
      textArray(records.map(({ policyVersion }) => policyVersion)),
    ],
  });
}

type Row = Omit<ConsentRecord, 'saidAt' | 'receivedAt'> & { readonly saidAt: Date; readonly receivedAt: Date };

/**
 * The latest consents of all members of a customer, at most `limit` for each subject, newest first. Of two with the same instant, the denial comes first, because
 * it is the one that counts.
 */
export async function readConsents(
  dataSource: DataSource,
  customerId: string,
  limit: number,
): Promise<Map<ConsentSubject, ConsentRecord[]>> {
  const rows = await dataSource.query<Row[]>(
    `select member_id as "memberId", subject, value, said_at as "saidAt", received_at as "receivedAt", activity_id as "activityId", activity, channel, source,
            vouched_by as "vouchedBy", acted_by as "actedBy", wording, policy_version as "policyVersion"
       from (select c.*, row_number() over (partition by c.subject order by c.said_at desc, (c.value = 'denied') desc, c.activity_id) as nth
               from profile.member m join profile.consent c using (member_id)
              where m.customer_id = $1) as numbered
      where nth <= $2 order by subject, nth`,
    [customerId, limit],
  );
  const found = new Map<ConsentSubject, ConsentRecord[]>();
  for (const { saidAt, receivedAt, ...row } of rows) {
    const record = { ...row, saidAt: saidAt.toISOString(), receivedAt: receivedAt.toISOString() };
    found.set(record.subject, [...(found.get(record.subject) ?? []), record]);
  }
  return found;
}
