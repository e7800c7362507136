import { type ConsentSubject, consentSubjects } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { channels, claimableKinds, country, keyKinds } from '../types/source.ts';

const Id = Type.String({ format: 'uuid' });
/** A `Date` in the code, RFC 3339 in JSON. */
const Instant = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });

export const KeyResponse = Type.Object(
  {
    id: Id,
    kind: Type.Enum([...keyKinds]),
    hint: Type.String({ description: 'The last characters of the key, to distinguish keys.' }),
    isConfigured: Type.Boolean({
      description: 'Whether the key is set in the configuration, and can only be changed there.',
    }),
    createdAt: Instant,
    endsAt: Type.Union([Instant, Type.Null()], { description: 'When the key expires; null for never.' }),
  },
  { $id: 'Key' },
);
export type KeyResponse = Static<typeof KeyResponse>;

const writeKey = Type.String({ description: 'The key itself. It is not returned again.' });

/** A new key. */
export const NewKey = Type.Object({ ...KeyResponse.properties, writeKey }, { $id: 'NewKey' });
export type NewKey = Static<typeof NewKey>;

export const SourceResponse = Type.Object(
  {
    id: Id,
    name: Type.String(),
    channel: Type.Enum([...channels]),
    claims: Type.Array(Type.Enum([...claimableKinds]), {
      description: 'The kinds of identifiers that the source may vouch for. Its other identifiers are weak evidence.',
    }),
    origins: Type.Array(Type.String(), { description: 'The origins of pages that may use its browser keys.' }),
    eventsPerSecond: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'The most events that it may send per second; null for no limit.',
    }),
    isPaused: Type.Boolean({ description: 'Whether its events are stored as rejected, for a later redrive.' }),
    isStrict: Type.Boolean({
      description: 'Whether its events with violations are rejected, instead of accepted as incomplete.',
    }),
    pagesMayLink: Type.Boolean({
      description: "Whether its pages may link browsers to accounts without a customer's token. Then anybody may.",
    }),
    timeZone: Type.Union([Type.String(), Type.Null()], {
      description: 'The time zone of its times without a zone, such as Europe/Rome; null if all times have a zone.',
    }),
    country: Type.Union([Type.String({ pattern: country.source }), Type.Null()], {
      description: 'The country of its phone numbers without a country code; null if it is not known.',
    }),
    consentCategories: Type.Unsafe<Readonly<Record<string, readonly ConsentSubject[]>>>({
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string', enum: [...consentSubjects] } },
      description: 'The meaning of the categories of its consent platform.',
    }),
    createdAt: Instant,
    keys: Type.Array(KeyResponse, { description: 'The valid keys, oldest first.' }),
  },
  { $id: 'Source' },
);
export type SourceResponse = Static<typeof SourceResponse>;

/** A new source with its first key. */
export const NewSource = Type.Object({ ...SourceResponse.properties, writeKey }, { $id: 'NewSource' });
export type NewSource = Static<typeof NewSource>;

export const SourceList = Type.Object({ items: Type.Array(SourceResponse) }, { $id: 'SourceList' });
export type SourceList = Static<typeof SourceList>;
