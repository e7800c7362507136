import { type Static, Type } from 'typebox';

/** Texts that say where an activity happened. */
export const Channel = Type.Union(
  [Type.Literal('web'), Type.Literal('mobile'), Type.Literal('store'), Type.Literal('service'), Type.Literal('other')],
  { description: 'Where it happened.' },
);

export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC, with milliseconds.' });
export const Id = Type.String({ format: 'uuid' });
export const Properties = Type.Record(Type.String(), Type.Unknown(), {
  description: 'What the source said about the activity.',
});

export const Identifier = Type.Object({
  kind: Type.Union([
    Type.Literal('user_id'),
    Type.Literal('loyalty_card'),
    Type.Literal('email'),
    Type.Literal('phone'),
    Type.Literal('anonymous_id'),
    Type.Literal('device_id'),
  ]),
  value: Type.String({ minLength: 1, maxLength: 256 }),
  isWeak: Type.Optional(
    Type.Literal(true, { description: 'The source cannot vouch for it: weak evidence, whatever its kind.' }),
  ),
});

const Consent = Type.Union([Type.Literal('granted'), Type.Literal('denied'), Type.Literal('unknown')]);

/** What a customer has said about being contacted, and what stands between us: the latest word on each. */
export const Standing = Type.Object(
  {
    offers: Consent,
    personalisation: Consent,
    inDifficulty: Type.Boolean({ description: 'A payment is difficult for them.' }),
    openApology: Type.Boolean({ description: 'A promise to them was broken, and the apology is not closed.' }),
    preferences: Type.Object(
      {
        media: Type.Optional(Type.Array(Type.String(), { description: 'How they want to be addressed.' })),
        topics: Type.Optional(Type.Array(Type.String(), { description: 'What about.' })),
        frequency: Type.Optional(Type.String({ description: 'How often.' })),
        language: Type.Optional(Type.String({ description: 'In which language, in BCP 47.' })),
      },
      { description: 'What they want, as far as they have said it.' },
    ),
  },
  { description: 'The standing of the customer after the activity.' },
);
export type Standing = Static<typeof Standing>;

/** The activity that caused something, without what it said. */
export const Cause = Type.Object({ activityId: Id, name: Type.String(), channel: Channel, timestamp: Instant });

const Score = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()]);
export const ElementScore = Type.Object(
  {
    bond: Score,
    mood: Score,
    drop: Type.Optional(
      Type.Union([Type.Number({ minimum: -100, maximum: 100 }), Type.Null()], {
        description: 'How far recent experience is below the bond; 0 when there was none lately.',
      }),
    ),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
  },
  { description: 'Slow and quick score, null without evidence, and how much evidence stands behind the bond.' },
);
export const ElementScores = Type.Object({
  value: ElementScore,
  efficiency: ElementScore,
  trust: ElementScore,
  coherence: ElementScore,
  relevance: ElementScore,
  control: ElementScore,
});
export const OverallScore = Score;
