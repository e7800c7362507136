import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

export const AudiencePreview = Type.Object(
  {
    count: Type.Integer({ minimum: 0, description: 'The number of customers for whom the rule holds now.' }),
    of: Type.Integer({ minimum: 0, description: 'The number of all customers.' }),
    ms: Type.Number({ minimum: 0, description: 'How long it took, in milliseconds.' }),
  },
  { $id: 'AudiencePreview' },
);
export type AudiencePreview = Static<typeof AudiencePreview>;

const Member = Type.Object(
  { customerId: Type.String({ format: 'uuid' }), enteredAt: Instant },
  { $id: 'AudienceMember' },
);

export const AudienceMembers = Type.Object(
  {
    items: Type.Array(Member, { description: 'By the id of the customer.' }),
    next: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
      description: 'The `cursor` of the next page; null on the last page.',
    }),
  },
  { $id: 'AudienceMembers' },
);
export type AudienceMembers = Static<typeof AudienceMembers>;

export const AudienceSample = Type.Object({ items: Type.Array(Member) }, { $id: 'AudienceSample' });
export type AudienceSample = Static<typeof AudienceSample>;

export const AudienceOverlap = Type.Object(
  {
    both: Type.Integer({ minimum: 0, description: 'Members of both audiences.' }),
    onlyThis: Type.Integer({ minimum: 0, description: 'Members of this audience only.' }),
    onlyOther: Type.Integer({ minimum: 0, description: 'Members of the other audience only.' }),
  },
  { $id: 'AudienceOverlap' },
);
export type AudienceOverlap = Static<typeof AudienceOverlap>;
