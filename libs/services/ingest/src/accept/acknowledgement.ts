import { type Static, Type } from 'typebox';
import { ToldViolation } from '../types/told-violation.ts';

/** What a sender is told. `success` means that every event is on durable storage: accepted ones in the stream, rejected ones with their reasons. */
export const Acknowledgement = Type.Object(
  {
    success: Type.Literal(true, { description: 'Every event is on durable storage.' }),
    rejected: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Integer({ minimum: 0, description: 'The place of the event in the request.' }),
          messageId: Type.Optional(Type.String()),
          code: Type.String(),
          reason: Type.String(),
        }),
        { description: 'Those that could not be used. They are kept with their reasons, and need not be sent again.' },
      ),
    ),
    incomplete: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Integer({ minimum: 0, description: 'The place of the event in the request.' }),
          messageId: Type.String(),
          violations: Type.Array(ToldViolation),
        }),
        { description: 'Those that were accepted although something is wrong with them, and what.' },
      ),
    ),
  },
  {
    $id: 'Acknowledgement',
    examples: [
      { success: true },
      {
        success: true,
        rejected: [{ index: 0, messageId: 'm-1', code: 'identifier-missing', reason: 'nobody is named' }],
        incomplete: [
          {
            index: 1,
            messageId: 'm-2',
            violations: [{ code: 'field-missing', field: 'order_id', reason: 'order.completed needs order_id' }],
          },
        ],
      },
    ],
  },
);
export type Acknowledgement = Static<typeof Acknowledgement>;

/** An event of a submission that was rejected. */
export type RejectedOne = NonNullable<Acknowledgement['rejected']>[number];

/** One that was accepted as incomplete. */
export type IncompleteOne = NonNullable<Acknowledgement['incomplete']>[number];
