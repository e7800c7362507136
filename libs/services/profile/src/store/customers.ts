import { Injectable } from '@nestjs/common';
import type { Identifier } from '@sestante/identity';
import { DataSource } from 'typeorm';
import { type StandingEntry, type LatestValues, setIfLater, standingOf } from '../standing-entries.ts';
import type { Customer } from '../customer-response.ts';

@Injectable()
export class Customers {
  constructor(private readonly dataSource: DataSource) {}

  /** The id of the customer that has the identifier; undefined if there is none. */
  async find({ kind, value }: Identifier): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ customer_id: string }[]>(
      'select customer_id from profile.identifier where kind = $1 and value = $2',
      [kind, value],
    );
    return row?.customer_id;
  }

  async exists(customerId: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>('select from profile.customer where customer_id = $1', [
      customerId,
    ]);
    return rows.length === 1;
  }

  async read(customerId: string): Promise<Customer | undefined> {
    const [row] = await this.dataSource.query<
      { created_at: Date; members: Customer['members']; traits: Customer['traits']; entries: StandingEntry[] }[]
    >(
      `select c.created_at,
              (select json_agg(json_build_object('memberId', m.member_id, 'identifiers',
                        (select coalesce(json_agg(json_build_object('kind', kind, 'value', value) order by kind, value), '[]')
                           from profile.identifier i where i.member_id = m.member_id)) order by m.created_at, m.member_id)
                 from profile.member m where m.customer_id = c.customer_id) as members,
              (select coalesce(json_object_agg(name, value order by set_at), '{}')
                 from profile.trait t join profile.member m using (member_id) where m.customer_id = c.customer_id) as traits,
              (select coalesce(json_agg(json_build_object('field', fact, 'value', value, 'setAt', set_at)), '[]')
                 from profile.fact f where f.customer_id = c.customer_id) as entries
         from profile.customer c where c.customer_id = $1`,
      [customerId],
    );
    if (!row) return undefined;
    const latest: LatestValues = new Map();
    for (const entry of row.entries) setIfLater(latest, entry);
    const { members, traits } = row;
    return { customerId, createdAt: row.created_at.toISOString(), members, traits, standing: standingOf(latest) };
  }

  /** The number of activities that were ever stored, and of customers. Counts the smallest index that has them all. */
  async count(): Promise<{ activities: number; customers: number }> {
    const [row] = await this.dataSource.query<{ activities: number; customers: number }[]>(
      `select ((select count(*) from profile.seen) + (select count from profile.forgotten))::float8 as activities,
              (select count(*)::float8 from profile.customer) as customers`,
    );
    return row!;
  }
}
