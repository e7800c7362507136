import { Channel, Instant } from '@sestante/contracts';
import { elements } from '@sestante/engagement';
import { type Static, Type } from 'typebox';
import { Because, Score } from '../scores-response.ts';

/** A score of a customer over time. */
export const ScoreHistory = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    model: Type.String({ description: 'The version of the model.' }),
    element: Type.Enum([...elements]),
    items: Type.Array(Type.Object({ at: Instant, bond: Score, mood: Score }), {
      description: 'The scores at `from`, after each step, and at `to`, oldest first.',
    }),
    activities: Type.Array(
      Type.Object({
        activityId: Type.String({ format: 'uuid' }),
        name: Type.String(),
        channel: Channel,
        at: Instant,
        contribution: Type.Number({ description: 'In points of the bond at `to`.' }),
        because: Because,
      }),
      { description: 'The activities between `from` and `to` that move the bond most, oldest first: see `limit`.' },
    ),
    earliest: Type.Union([Instant, Type.Null()], {
      description:
        'The activities before this instant are no longer kept one by one, so that `items` begin after it; null if all are kept.',
    }),
  },
  { $id: 'ScoreHistory' },
);
export type ScoreHistory = Static<typeof ScoreHistory>;
