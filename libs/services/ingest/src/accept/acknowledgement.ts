import { type Static, Type } from 'typebox';
import { ReportedViolation } from '../types/reported-violation.ts';

/** The response to a sender. `success` means that every event is on durable storage: accepted ones in the stream, rejected ones with their reasons. */
export const Acknowledgement = Type.Object(
  {
    success: Type.Literal(true, { description: 'Every event is on durable storage.' }),
    rejected: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Integer({ minimum: 0, description: 'The index of the event in the request, from 0.' }),
          messageId: Type.Optional(Type.String()),
          code: Type.String(),
          reason: Type.String(),
        }),
        { description: 'The rejected events. They are stored with their reasons; do not send them again.' },
      ),
    ),
    incomplete: Type.Optional(
      Type.Array(
        Type.Object({
          index: Type.Integer({ minimum: 0, description: 'The index of the event in the request, from 0.' }),
          messageId: Type.String(),
          violations: Type.Array(ReportedViolation),
        }),
        { description: 'The events that were accepted with violations.' },
      ),
    ),
  },
  {
    $id: 'Acknowledgement',
    examples: [
      { success: true },
      {
        success: true,
        rejected: [{ index: 0, messageId: 'm-1', code: 'identifier-missing', reason: 'no identifier' }],
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

/** A rejected event of a request. */
export type RejectedOne = NonNullable<Acknowledgement['rejected']>[number];

/** An event of a request that was accepted with violations. */
export type IncompleteOne = NonNullable<Acknowledgement['incomplete']>[number];
