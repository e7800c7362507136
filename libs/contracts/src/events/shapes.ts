import { type Static, Type } from 'typebox';

/** The channel of an activity. */
export const Channel = Type.Union(
  [Type.Literal('web'), Type.Literal('mobile'), Type.Literal('store'), Type.Literal('service'), Type.Literal('other')],
  { description: 'The channel in which it happened.' },
);

/** Whose word an activity is. */
export const VouchedBy = Type.Union([Type.Literal('secret'), Type.Literal('customer'), Type.Literal('page')], {
  description:
    'Who vouches for the activity. `secret`: a server or a till, by a secret key. `customer`: the customer whom it is about, by their token beside a browser key. `page`: a page alone, whose browser key anybody can read.',
});
export type VouchedBy = Static<typeof VouchedBy>;

export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, in UTC, with milliseconds.' });
export const Id = Type.String({ format: 'uuid' });
export const Properties = Type.Record(Type.String(), Type.Unknown(), {
  description: 'The properties from the source.',
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
    Type.Literal(true, {
      description: 'The source does not vouch for the identifier: it says nothing about who the person is.',
    }),
  ),
  isAlias: Type.Optional(
    Type.Literal(true, {
      description:
        'The call `alias` says that it is another id of the person: of an account, if there is one, or of a browser. Only from sources with a secret key that vouch for accounts.',
    }),
  ),
});

/** How often a member was moved to another customer. */
export const Moves = Type.Integer({
  minimum: 0,
  description:
    'How often the member was moved to another customer. The customer in the message with the highest number is the right one, whatever the order of the messages.',
});

const Consent = Type.Union([Type.Literal('granted'), Type.Literal('denied'), Type.Literal('unknown')]);
const Said = Type.Optional(Type.Union([Type.Literal('granted'), Type.Literal('denied')]));

/** The current consents and preferences of a customer, payment difficulty, and an open apology. What was never set is absent or `unknown`. */
export const Standing = Type.Object(
  {
    offers: Consent,
    personalisation: Consent,
    measurement: Type.Optional(
      Type.Union([Type.Literal('granted'), Type.Literal('denied')], {
        description: 'Consent to be part of measurements of the effect of offers; absent if it is unknown.',
      }),
    ),
    channels: Type.Optional(
      Type.Object(
        { email: Said, push: Said, sms: Said, 'in-app': Said, store: Said, post: Said, call: Said },
        { description: 'The consents to contact by channel. Those that are absent are unknown.' },
      ),
    ),
    quietHours: Type.Optional(
      Type.Object(
        { from: Type.Number({ minimum: 0, maximum: 24 }), to: Type.Number({ minimum: 0, maximum: 24 }) },
        {
          description:
            'Hours of the day without offers, from `from` up to but not including `to`, over midnight if `from` is later.',
        },
      ),
    ),
    timeZone: Type.Optional(Type.String({ description: 'The IANA name of the time zone of the customer.' })),
    budget: Type.Optional(
      Type.Object(
        { most: Type.Integer({ minimum: 0 }), perDays: Type.Integer({ minimum: 1 }) },
        { description: 'The most offers that the customer wants within any `perDays` days.' },
      ),
    ),
    pausedUntil: Type.Optional(
      Type.String({
        description:
          'The first instant, or the first day in the time zone of the customer, on which offers are welcome again.',
      }),
    ),
    inDifficulty: Type.Boolean({ description: 'The customer cannot pay at the moment.' }),
    openApology: Type.Boolean({ description: 'A promise to the customer was broken, and the apology is not closed.' }),
    preferences: Type.Object(
      {
        media: Type.Optional(
          Type.Array(Type.String(), { description: 'The media in which they want to be contacted.' }),
        ),
        topics: Type.Optional(Type.Array(Type.String(), { description: 'The topics that interest them.' })),
        frequency: Type.Optional(Type.String({ description: 'How often they want to be contacted.' })),
        language: Type.Optional(Type.String({ description: 'Their language, as a BCP 47 tag.' })),
      },
      { description: 'The stated preferences of the customer.' },
    ),
  },
  { description: 'The standing of the customer after the activity.' },
);
export type Standing = Static<typeof Standing>;

/** The activity that caused something, without its properties. */
export const Cause = Type.Object({ activityId: Id, name: Type.String(), channel: Channel, timestamp: Instant });

const Score = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()]);
export const ElementScore = Type.Object(
  {
    bond: Score,
    mood: Score,
    drop: Type.Optional(
      Type.Union([Type.Number({ minimum: -100, maximum: 100 }), Type.Null()], {
        description: 'How far recent experience is below the bond; 0 without recent experience.',
      }),
    ),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
  },
  { description: 'The slow and the quick score, null without evidence, and the confidence of the bond.' },
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
