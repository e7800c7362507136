import { erasingServices, Instant, Removed } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

export const StartedErasure = Type.Object(
  { erasureId: Type.String({ format: 'uuid', description: 'The receipt is at `/api/v1/erasures/:erasureId`.' }) },
  { $id: 'StartedErasure' },
);
export type StartedErasure = Static<typeof StartedErasure>;

/** What was erased, and what is left. It has no personal data. */
export const ErasureReceipt = Type.Object(
  {
    erasureId: Type.String({ format: 'uuid' }),
    status: Type.Enum(['running', 'done'], { description: '`done` when every service has removed what it had.' }),
    requestedAt: Instant,
    removed: Type.Array(Type.Object({ service: Type.Enum([...erasingServices]), ...Removed.properties, at: Instant }), {
      description: 'What each service removed.',
    }),
    remains: Type.Array(
      Type.Object({
        what: Type.String(),
        until: Type.Optional(Instant),
        because: Type.String(),
      }),
      { description: 'What is left, and until when; without `until`, it has no end.' },
    ),
  },
  { $id: 'ErasureReceipt' },
);
export type ErasureReceipt = Static<typeof ErasureReceipt>;
