import type { ActivityReceived } from '@sestante/contracts';
import { identifierKey } from '@sestante/identity';
import { type Component, regroup, type StoredLink, type StoredMember } from '../src/regroup.ts';
import { type ResolvedBatch, resolveBatch } from '../src/resolve-batch.ts';
import type { Owner } from '../src/store/owners.ts';

/** The tables, as far as resolving reads and writes them. */
export class Tables {
  readonly owners = new Map<string, Owner>();
  readonly memberOf = new Map<string, string>();
  private readonly members = new Map<string, StoredMember>();
  private readonly links = new Map<string, StoredLink>();

  /** Resolves a batch, and stores the result as the service does. */
  add(batch: readonly ActivityReceived[]): void {
    const keys = batch.flatMap(({ identifiers }) => identifiers.map(identifierKey));
    const found = keys.flatMap((key) => (this.owners.has(key) ? [[key, this.owners.get(key)!] as const] : []));
    const resolved = resolveBatch(batch, new Map(found));
    for (const { activityId, memberId } of resolved.entries) this.memberOf.set(activityId, memberId);
    this.regroup(resolved);
  }

  private regroup({ members, links, verified, confirmed }: ResolvedBatch): void {
    const component: Component = { members: new Map(this.members), links: new Map(this.links), separations: [] };
    const { added, changed, refusals } = regroup(component, { members, links, verified, confirmed });
    for (const { identifier: one, memberId, customerId, isVerified, isShared, isConfirmed, firstLink } of added) {
      const flags = { isShared, isConfirmed, isBlocked: false, isUnlimited: false, isFirstByPage: false };
      const member = { ...one, memberId, customerId, moves: 0, revision: 0, ...flags };
      this.save(member, { firstLink, isVerified });
    }
    for (const { member, firstLink, ...after } of changed) this.save({ ...member, ...after }, { firstLink, ...after });
    for (const link of links) {
      const { at, refusal } = this.links.get(link.linkId) ?? { at: link.at, refusal: null };
      this.links.set(link.linkId, { ...link, at: Math.min(link.at, at), isUndone: false, refusal });
    }
    for (const [linkId, refusal] of refusals) this.links.set(linkId, { ...this.links.get(linkId)!, refusal });
  }

  private save(
    member: Omit<StoredMember, 'firstPartner' | 'isVerified'>,
    {
      firstLink,
      isVerified,
    }: { firstLink: { members: readonly string[]; at: number } | undefined; isVerified: boolean },
  ): void {
    const key = identifierKey(member);
    const before = this.owners.get(key);
    const partner = firstLink?.members.find((memberId) => memberId !== member.memberId);
    const firstPartner = before?.firstPartner ?? partner ?? null;
    const firstLinkedAt = before?.firstPartner ? before.firstLinkedAt : (firstLink?.at ?? Number.NaN);
    this.members.set(member.memberId, { ...member, isVerified, firstPartner });
    this.owners.set(key, { ...member, firstPartner, firstLinkedAt });
  }

  /** What is stored, by identifiers instead of ids. */
  read() {
    const nameOf = (memberId: string) => identifierKey(this.members.get(memberId)!);
    const customers = new Map<string, string[]>();
    for (const { memberId, customerId } of this.members.values())
      customers.set(customerId, [...(customers.get(customerId) ?? []), nameOf(memberId)]);
    return {
      activities: Object.fromEntries(
        [...this.memberOf].map(([activityId, memberId]) => [activityId, nameOf(memberId)]),
      ),
      customers: [...customers.values()].map((names) => names.sort().join(' ')).sort(),
      links: [...this.links.values()]
        .map(({ members, at, refusal }) => `${members.map(nameOf).sort().join(' ')} ${at} ${refusal}`)
        .sort(),
      verified: [...this.members.values()]
        .filter(({ isVerified }) => isVerified)
        .map(identifierKey)
        .sort(),
    };
  }
}
