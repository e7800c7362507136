import type { Role } from '@sestante/runtime';
import type { IdentityResponse } from './identity-response.ts';
import { maskIdentifier } from './masking/mask-identifier.ts';
import { maskText } from './masking/mask-text.ts';
import { roleSeesInFull } from './masking/sees-in-full.ts';
import type { CustomerAfter } from './merges.ts';
import type { GraphLink, GraphMember } from './store/identity-graph.ts';

/** How the identity of a customer is shown to a role: identifiers, and the reasons that people give, are masked for marketing. */
export class IdentityShown {
  private readonly isInFull: boolean;

  constructor(role: Role) {
    this.isInFull = roleSeesInFull(role);
  }

  member({ kind, value, firstSeenAt, ...member }: GraphMember): IdentityResponse['members'][number] {
    return { ...member, identifiers: [this.identifier({ kind, value })], firstSeenAt: firstSeenAt.toISOString() };
  }

  link({ linkId, members, rule, at, activityId, note }: GraphLink): IdentityResponse['links'][number] {
    return {
      linkId,
      members: [...members],
      rule,
      activityId,
      at: at.toISOString(),
      ...(note && { reason: this.reason(note.reason), by: note.by as { keyId: string; name: string } }),
    };
  }

  refusedLink(link: GraphLink): IdentityResponse['refused'][number] {
    const { refusal, undone } = link;
    return {
      ...this.link(link),
      refusal: refusal!,
      ...(undone && { undone: { ...undone, reason: this.reason(undone.reason) } as never }),
    };
  }

  customer({ customerId, members }: CustomerAfter) {
    return {
      customerId,
      members: members.map(({ memberId, kind, value }) => ({
        memberId,
        identifiers: [this.identifier({ kind, value })],
      })),
    };
  }

  private identifier(identifier: Parameters<typeof maskIdentifier>[0]) {
    return this.isInFull ? identifier : maskIdentifier(identifier);
  }

  private reason(reason: string): string {
    return this.isInFull ? reason : maskText(reason);
  }
}
