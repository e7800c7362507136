import { type Static, Type } from 'typebox';

const Label = Type.String({ minLength: 1, maxLength: 24 });

/** What is told of a customer beside the standing. None of it identifies a person directly. */
export const Attributes = Type.Object(
  {
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' })),
    region: Type.Optional(Type.String({ pattern: '^[A-Z]{2}-[A-Z0-9]{1,3}$', description: 'ISO 3166-2.' })),
    language: Type.Optional(
      Type.String({ pattern: '^[a-z]{2,3}$', description: 'The language of a BCP 47 tag, without the country.' }),
    ),
    birthDecade: Type.Optional(
      Type.Integer({ minimum: 1880, maximum: 2100, multipleOf: 10, description: 'The first year of the decade.' }),
    ),
    tier: Type.Optional(Label),
    tags: Type.Optional(Type.Array(Label, { minItems: 1, maxItems: 20 })),
  },
  {
    description: 'The attributes of the customer after the activity that the configuration lets out of `profile`.',
  },
);
export type Attributes = Static<typeof Attributes>;
export type AttributeName = keyof Attributes;

export const attributeNames = Object.keys(Attributes.properties) as readonly AttributeName[];
