import {
  type ConsentPurpose,
  consentPurposes,
  type ContactChannel,
  contactChannels,
  Instant,
  type Standing,
} from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { isAhead } from './contact-settings.ts';

const consentValues = ['granted', 'denied', 'unknown'] as const;
const Consent = Type.Enum([...consentValues]);
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const purposes = Object.fromEntries(consentPurposes.map((purpose) => [purpose, Consent])) as Record<
  ConsentPurpose,
  typeof Consent
>;
const channels = Object.fromEntries(contactChannels.map((channel) => [channel, Consent])) as Record<
  ContactChannel,
  typeof Consent
>;

/** What a customer decided about contact. It applies beside the contact policy of the shop: the stricter one counts. */
export const CustomerContactPolicy = Type.Object(
  {
    consents: Type.Object(purposes, { description: 'The consents by purpose.' }),
    channels: Type.Object(channels, { description: 'The consents to contact by channel.' }),
    quietHours: orNull(
      Type.Object({ from: Type.Number({ minimum: 0, maximum: 24 }), to: Type.Number({ minimum: 0, maximum: 24 }) }),
      'The hours of the day without offers, from `from` up to but not including `to`, over midnight if `from` is later. 21.5 is half past nine.',
    ),
    timeZone: orNull(Type.String(), 'The IANA name of the time zone of the customer, such as `Europe/Rome`.'),
    budget: orNull(
      Type.Object({ most: Type.Integer({ minimum: 0 }), perDays: Type.Integer({ minimum: 1 }) }),
      'The most offers that the customer wants within any `perDays` days.',
    ),
    pausedUntil: orNull(
      Type.String(),
      'The first day, in the time zone of the customer, or the first instant on which offers are welcome again; null if there is no pause.',
    ),
    language: orNull(Type.String(), 'The language of the customer, as a BCP 47 tag.'),
  },
  { $id: 'CustomerContactPolicy' },
);
export type CustomerContactPolicy = Static<typeof CustomerContactPolicy>;

/** The contact policy in a standing. A pause that is over is none. */
export function toContactPolicy(standing: Standing, now: number): CustomerContactPolicy {
  const { offers, personalisation, measurement = 'unknown', channels: said = {}, preferences } = standing;
  const { quietHours = null, timeZone, budget = null, pausedUntil } = standing;
  const byChannel = contactChannels.map((channel) => [channel, said[channel] ?? 'unknown'] as const);
  return {
    consents: { offers, personalisation, measurement },
    channels: Object.fromEntries(byChannel) as CustomerContactPolicy['channels'],
    quietHours,
    timeZone: timeZone ?? null,
    budget,
    pausedUntil: pausedUntil !== undefined && isAhead(pausedUntil, timeZone, now) ? pausedUntil : null,
    language: preferences.language ?? null,
  };
}

const Proof = {
  value: Type.Enum(['granted', 'denied']),
  saidAt: Instant,
  receivedAt: Instant,
  activityId: Type.String({ format: 'uuid', description: 'The activity of the timeline through which it was said.' }),
  activity: Type.String({ description: 'The name of that activity.' }),
  channel: Type.String({ description: 'The channel in which it was said.' }),
  source: Type.String({ description: 'The id of the source that sent it.' }),
  vouchedBy: Type.String({
    description: 'Whose word it is: that of a `secret` key, of the `customer`, or of a `page` alone.',
  }),
  actedBy: Type.Union(
    [
      Type.Object({ by: Type.Literal('customer') }),
      Type.Object({ by: Type.Literal('key'), role: Type.String(), keyId: Type.String() }),
      Type.Null(),
    ],
    {
      description:
        'Who set it over the API: the customer, or somebody for the customer. Null if another source sent it.',
    },
  ),
  wording: Type.Union([Type.String(), Type.Null()], { description: 'What the customer agreed to or refused.' }),
  policyVersion: Type.Union([Type.String(), Type.Null()]),
};

/** The consents of a customer, each with its proof and its history. */
export const CustomerConsents = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    items: Type.Array(
      Type.Object({
        subject: Type.Enum([...consentPurposes, ...contactChannels], { description: 'The purpose or the channel.' }),
        kind: Type.Enum(['purpose', 'channel']),
        value: Consent,
        proof: Type.Union([Type.Object(Proof), Type.Null()], {
          description: 'Why it has this value; null if it is unknown.',
        }),
        history: Type.Array(Type.Object(Proof), {
          description: 'Everything that was said about it, newest first; the first is the proof. At most 100.',
        }),
      }),
    ),
  },
  { $id: 'CustomerConsents' },
);
export type CustomerConsents = Static<typeof CustomerConsents>;
