import { Instant } from '@sestante/contracts';
import { linkRules, identifierKinds, refusals } from '@sestante/identity';
import { type Static, Type } from 'typebox';

const Id = Type.String({ format: 'uuid' });
const Identifiers = Type.Array(Type.Object({ kind: Type.Enum([...identifierKinds]), value: Type.String() }));
const By = Type.Object({ keyId: Type.String(), name: Type.String() }, { description: 'The API key.' });

const Link = Type.Object(
  {
    linkId: Type.String({ format: 'uuid', description: 'To undo it: `DELETE …/merges/{linkId}`.' }),
    members: Type.Array(Id, { minItems: 2, maxItems: 2 }),
    rule: Type.Enum([...linkRules], {
      description:
        'What says that both are one person: a user of the API, the call `alias`, or an activity with both identifiers. `same-page`: nobody but a page vouches for the activity.',
    }),
    activityId: Type.Union([Id, Type.Null()], { description: 'The first activity that says so.' }),
    at: Instant,
    reason: Type.Optional(Type.String({ description: 'Why it was merged by hand.' })),
    by: Type.Optional(By),
  },
  { $id: 'Link' },
);

const RefusedLink = Type.Object(
  {
    ...Link.properties,
    refusal: Type.Enum([...refusals], {
      description: `Why they are not linked. \`unmerged\`: somebody has undone the link. \`blocked\`: one of the identifiers is blocked. \`too-many\`: one of them comes with more others than a person has, or too many are connected. \`two-accounts\`: two accounts are two people. \`another-person\`: what several people use belongs to the first of them. \`not-vouched\`: nobody but a page says it, and a server knows the account.`,
    }),
    undone: Type.Optional(Type.Object({ reason: Type.String(), by: By, at: Instant })),
  },
  { $id: 'RefusedLink' },
);

/** How the members of a customer are linked. */
export const IdentityResponse = Type.Object(
  {
    customerId: Id,
    members: Type.Array(
      Type.Object({
        memberId: Id,
        identifiers: Identifiers,
        firstSeenAt: Instant,
        isVerified: Type.Boolean(),
        isBlocked: Type.Boolean({ description: 'Somebody has decided that it identifies nobody.' }),
        isShared: Type.Boolean({ description: 'It comes with more others than a person has.' }),
        isConfirmed: Type.Boolean({
          description: 'More than a page knows it: a secret key has named it, or a token of its customer was used.',
        }),
      }),
    ),
    links: Type.Array(Link),
    refused: Type.Array(RefusedLink, { description: 'One of the two members may be of another customer.' }),
    isTruncated: Type.Boolean({
      description: 'Whether there are more links and refused links than these: the oldest 1,000 together.',
    }),
  },
  { $id: 'Identity' },
);
export type IdentityResponse = Static<typeof IdentityResponse>;

const CustomerAfter = Type.Object({
  customerId: Id,
  members: Type.Array(Type.Object({ memberId: Id, identifiers: Identifiers })),
});

/** A merge. Without `mergeId`, it is only a preview. */
export const MergeResponse = Type.Object(
  {
    mergeId: Type.Optional(Id),
    customerId: Type.String({ format: 'uuid', description: 'The id that goes on. The other one answers, too.' }),
    members: CustomerAfter.properties.members,
  },
  { $id: 'Merge' },
);
export type MergeResponse = Static<typeof MergeResponse>;

export const UnmergeResponse = Type.Object(
  {
    customers: Type.Array(Id, { minItems: 2, maxItems: 2 }),
    details: Type.Array(CustomerAfter, { description: 'Both customers with their members.' }),
  },
  { $id: 'Unmerge' },
);
export type UnmergeResponse = Static<typeof UnmergeResponse>;

/** The identifiers that identify nobody. */
export const BlockedIdentifiers = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        { memberId: Id, kind: Type.Enum([...identifierKinds]), value: Type.String() },
        { $id: 'BlockedIdentifier' },
      ),
    ),
  },
  { $id: 'BlockedIdentifiers' },
);
export type BlockedIdentifiers = Static<typeof BlockedIdentifiers>;

/** An identifier that is not shared any more, with its customer. */
export const UnlimitedIdentifier = Type.Object({ memberId: Id, customerId: Id }, { $id: 'UnlimitedIdentifier' });
export type UnlimitedIdentifier = Static<typeof UnlimitedIdentifier>;

const Right = Type.Enum(['yes', 'no', 'own-browser']);

/** The rules of identity that are in force. */
export const IdentityRules = Type.Object(
  {
    rules: Type.Array(Type.Enum([...linkRules])),
    refusals: Type.Array(Type.Enum([...refusals])),
    mostPartners: Type.Record(Type.String(), Type.Integer(), {
      description: 'How many identifiers of each kind may come with one other. With more, the other one is shared.',
    }),
    mostConnected: Type.Integer({ description: 'How many identifiers may be connected by links.' }),
    blocked: Type.Integer({ minimum: 0, description: 'How many identifiers are blocked.' }),
    rights: Type.Record(Type.String(), Type.Object({ secret: Right, customer: Right, page: Right }), {
      description: 'What an activity may bring about, by who vouches for it.',
    }),
  },
  { $id: 'IdentityRules' },
);
export type IdentityRules = Static<typeof IdentityRules>;
