import { elements, media, templateKinds } from '@sestante/offer-policy';
import { Type } from 'typebox';

/** A live template of the catalogue. */
export const TemplateResponse = Type.Object(
  {
    template: Type.String(),
    version: Type.Integer({ minimum: 1 }),
    kind: Type.Enum([...templateKinds]),
    element: Type.Enum([...elements], { description: 'The element that it is meant to raise.' }),
    trigger: Type.Object({ activities: Type.Array(Type.String()) }, { description: 'The activities that it answers.' }),
    audience: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'The customers who may get the offer; all if absent. A rule: `{all: […]}`, `{any: […]}` or `{not: …}` of rules, or `{field, operator, value}`, such as `{"field": "trust.mood", "operator": "below", "value": 40}`.',
      }),
    ),
    channels: Type.Optional(
      Type.Array(Type.String(), { description: 'The channels whose activities it answers; all if absent.' }),
    ),
    medium: Type.Optional(
      Type.Enum([...media], { description: 'How the offer reaches the customer; `in-app` if absent.' }),
    ),
    commercial: Type.Boolean({ description: 'Whether it sells.' }),
    title: Type.String(),
    reason: Type.String(),
    words: Type.Optional(Type.Record(Type.String(), Type.String())),
    terms: Type.String(),
    validDays: Type.Integer({ minimum: 1 }),
    benefit: Type.Number({ description: 'The expected value for the customer, in units of money.' }),
    margin: Type.Number({ description: 'The expected margin for the retailer, in units of money.' }),
    caps: Type.Object({ perCustomer: Type.Integer(), perDays: Type.Integer() }),
  },
  { $id: 'Template' },
);

export const TemplateList = Type.Object({ items: Type.Array(TemplateResponse) }, { $id: 'TemplateList' });
