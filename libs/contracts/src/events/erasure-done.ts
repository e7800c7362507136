import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Instant } from './shapes.ts';

/** The services that store something about customers. An erasure is done when each of them has done its part. */
export const erasingServices = ['profile', 'ingest', 'scoring', 'offers'] as const;
export type ErasingService = (typeof erasingServices)[number];

/** How many rows of a kind were removed. */
export const Removed = Type.Object({
  what: Type.String({ minLength: 1 }),
  count: Type.Integer({ minimum: 0 }),
});
export type Removed = Static<typeof Removed>;

const schema = Type.Object(
  {
    erasureId: Id,
    service: Type.Enum([...erasingServices]),
    part: Type.Integer({
      minimum: 0,
      description: 'The part of the erasure, see `erasure-requested`; 0 if it has one.',
    }),
    removed: Type.Array(Removed),
    doneAt: Instant,
  },
  { $id: 'erasure-done.v1' },
);

export type ErasureDone = Static<typeof schema>;

export const erasureDone = eventType({
  type: 'engagement.erasure.done.v1',
  description:
    'A service has deleted what it had about an erased customer. It says how much that was, and nothing about the person.',
  schema,
  example: {
    erasureId: '5f0c1c0e-6f59-4c3c-9d37-0f7f5f3c7a0e',
    service: 'offers',
    part: 0,
    removed: [
      { what: 'decisions', count: 12 },
      { what: 'offers', count: 3 },
    ],
    doneAt: '2026-11-20T10:00:02.000Z',
  },
});
