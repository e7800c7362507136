import { Injectable } from '@nestjs/common';
import type { LinkRule, IdentifierKind, Refusal } from '@sestante/identity';
import { DataSource } from 'typeorm';

/** A member of a customer, with what was decided about its identifier. */
export interface GraphMember {
  readonly memberId: string;
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly firstSeenAt: Date;
  readonly isVerified: boolean;
  readonly isBlocked: boolean;
  readonly isShared: boolean;
  readonly isConfirmed: boolean;
}

/** A link of a member of the customer. */
export interface GraphLink {
  readonly linkId: string;
  readonly members: readonly [string, string];
  readonly rule: LinkRule;
  readonly at: Date;
  readonly activityId: string | null;
  readonly refusal: Refusal | null;
  /** Who merged by hand, and why. */
  readonly note: { readonly reason: string; readonly by: object } | null;
  /** Who undid it, and why. */
  readonly undone: { readonly reason: string; readonly by: object; readonly at: string } | null;
}

/** The most links in one response. A device in a store has been seen with everybody. */
export const maxLinks = 1_000;

/** Reads how the members of a customer are linked. */
@Injectable()
export class IdentityGraph {
  constructor(private readonly dataSource: DataSource) {}

  /** @param customerId a present id */
  members(customerId: string): Promise<GraphMember[]> {
    return this.dataSource.query<GraphMember[]>(
      `select member_id as "memberId", kind, value, first_seen_at as "firstSeenAt", is_verified as "isVerified",
              is_blocked as "isBlocked", is_shared as "isShared", is_confirmed as "isConfirmed"
         from profile.member where customer_id = $1 order by first_seen_at, member_id`,
      [customerId],
    );
  }

  /** The links of all members of the customer, oldest first; at most 1,000, and whether there are more. Merges by hand that were undone are left out. */
  async links(customerId: string): Promise<{ links: GraphLink[]; isTruncated: boolean }> {
    const links = await this.dataSource.query<GraphLink[]>(
      `select link_id as "linkId", array[member_a, member_b] as members, rule, at, activity_id as "activityId", refusal, note, undone
         from profile.link
        where link_id in (select c.link_id from profile.member m join profile.link c on c.member_a = m.member_id where m.customer_id = $1
                            union select c.link_id from profile.member m join profile.link c on c.member_b = m.member_id where m.customer_id = $1)
          and (rule <> 'merged-by-hand' or undone is null)
        order by at, link_id limit ${maxLinks + 1}`,
      [customerId],
    );
    return { links: links.slice(0, maxLinks), isTruncated: links.length > maxLinks };
  }
}
