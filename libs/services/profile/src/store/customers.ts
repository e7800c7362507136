import { Injectable } from '@nestjs/common';
import type { Identifier, IdentifierKind } from '@sestante/identity';
import { customerErased, notFound } from '@sestante/runtime';
import { DataSource } from 'typeorm';

/** A member, and the customer that it belongs to. */
export interface NamedMember {
  readonly memberId: string;
  readonly customerId: string;
  readonly kind: IdentifierKind;
  readonly isVerified: boolean;
}

@Injectable()
export class Customers {
  constructor(private readonly dataSource: DataSource) {}

  /** The id of the customer that has the identifier; undefined if there is none. */
  async find(identifier: Identifier): Promise<string | undefined> {
    return (await this.member(identifier))?.customerId;
  }

  /** The present id of a customer: of a customer that was merged, the id of the other one. Undefined if no customer ever had the id. */
  async currentId(customerId: string): Promise<string | undefined> {
    return (await this.member({ memberId: customerId }))?.customerId;
  }

  /** The same, or 404 for the caller; 410 if the customer was erased. */
  async requireId(customerId: string): Promise<string> {
    return (await this.currentId(customerId)) ?? (await this.throwMissing(customerId));
  }

  /** Throws 404 for an id that no customer ever had or without one, and 410 for that of a customer who was erased. */
  async throwMissing(customerId?: string): Promise<never> {
    if (customerId === undefined) throw notFound('customer');
    const erased = await this.dataSource.query<unknown[]>('select from profile.erased_member where member_id = $1', [
      customerId,
    ]);
    throw erased.length > 0 ? customerErased() : notFound('customer');
  }

  /** All ids that the customer of an id has and had, which are those of its members; the id alone if no customer ever had it. */
  async allIds(customerId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ member_id: string }[]>(
      `select member_id from profile.member
        where customer_id = (select customer_id from profile.member where member_id = $1)`,
      [customerId],
    );
    return rows.length === 0 ? [customerId] : rows.map((row) => row.member_id);
  }

  /** The member of an id or identifier, with its customer. */
  async member(of: Identifier | { readonly memberId: string }): Promise<NamedMember | undefined> {
    const [condition, values] =
      'memberId' in of ? ['member_id = $1', [of.memberId]] : ['kind = $1 and value = $2', [of.kind, of.value]];
    const [row] = await this.dataSource.query<NamedMember[]>(
      `select member_id as "memberId", customer_id as "customerId", kind, is_verified as "isVerified" from profile.member where ${condition}`,
      values,
    );
    return row;
  }

  /**
   * The number of activities that were ever stored, of those that were dropped because their customer had been erased, and of customers. Counts the smallest
   * index that has them all.
   */
  async count(): Promise<{ activities: number; dropped: number; customers: number }> {
    const [row] = await this.dataSource.query<{ activities: number; dropped: number; customers: number }[]>(
      `select ((select count(*) from profile.seen) + (select count from profile.forgotten))::float8 as activities,
              (select count::float8 from profile.dropped) as dropped,
              (select count(*)::float8 from profile.member where member_id = customer_id) as customers`,
    );
    return row!;
  }
}
