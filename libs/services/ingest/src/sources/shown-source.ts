import { type Static, Type } from 'typebox';
import { channels, claimableKinds, keyKinds } from '../types/source.ts';

const Id = Type.String({ format: 'uuid' });
/** A `Date` here, RFC 3339 as JSON. */
const Instant = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });

export const ShownKey = Type.Object(
  {
    id: Id,
    kind: Type.Enum([...keyKinds]),
    hint: Type.String({ description: 'Its last characters, to tell one from another.' }),
    isConfigured: Type.Boolean({ description: 'It stands in the configuration, and is changed there.' }),
    createdAt: Instant,
    endsAt: Type.Union([Instant, Type.Null()], { description: 'From when on it is worth nothing; null for never.' }),
  },
  { $id: 'Key' },
);
export type ShownKey = Static<typeof ShownKey>;

const writeKey = Type.String({ description: 'The key itself. It is shown this once.' });

/** A key that has just been made. */
export const NewKey = Type.Object({ ...ShownKey.properties, writeKey }, { $id: 'NewKey' });
export type NewKey = Static<typeof NewKey>;

export const ShownSource = Type.Object(
  {
    id: Id,
    name: Type.String(),
    channel: Type.Enum([...channels]),
    claims: Type.Array(Type.Enum([...claimableKinds]), {
      description: 'What it may vouch for. Other identifiers that it names are weak evidence.',
    }),
    origins: Type.Array(Type.String(), { description: 'Where pages with its browser keys may lie.' }),
    eventsPerSecond: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'The most that it may send; null for as many as come.',
    }),
    isPaused: Type.Boolean({ description: 'Its events are kept as rejected, to be driven again.' }),
    isStrict: Type.Boolean({
      description: 'Its events with anything wrong are rejected, and not taken as incomplete.',
    }),
    timeZone: Type.Union([Type.String(), Type.Null()], {
      description:
        'The time zone of its local times, such as Europe/Rome; null where it says all times with their zone.',
    }),
    createdAt: Instant,
    keys: Type.Array(ShownKey, { description: 'Those that are worth something, oldest first.' }),
  },
  { $id: 'Source' },
);
export type ShownSource = Static<typeof ShownSource>;

/** A source that has just been made, with its first key. */
export const NewSource = Type.Object({ ...ShownSource.properties, writeKey }, { $id: 'NewSource' });
export type NewSource = Static<typeof NewSource>;

export const SourceList = Type.Object({ items: Type.Array(ShownSource) }, { $id: 'SourceList' });
export type SourceList = Static<typeof SourceList>;
