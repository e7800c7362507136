import { type Static, Type } from 'typebox';

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
  },
  {
    $id: 'Acknowledgement',
    examples: [
      { success: true },
      {
        success: true,
        rejected: [{ index: 0, messageId: 'm-1', code: 'field-missing', reason: 'order_id is missing' }],
      },
    ],
  },
);
export type Acknowledgement = Static<typeof Acknowledgement>;

/** An event of a submission that was rejected. */
export type RejectedOne = NonNullable<Acknowledgement['rejected']>[number];
