import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { Id, Instant } from './shapes.ts';

/** A customer has become a member of an audience, or is one no more. */
export const transition = {
  audienceId: Id,
  customerId: Id,
  transition: Type.Integer({
    minimum: 1,
    description:
      'Counts how often the customer entered and left the audience: odd when it entered. Ignore those that you have processed.',
  }),
  at: Instant,
};

const schema = Type.Object(transition, { $id: 'audience-entered.v1' });

export type AudienceEntered = Static<typeof schema>;

export const audienceEntered = eventType({
  type: 'engagement.audience.entered.v1',
  description: 'The rule of an audience holds for a customer from now on.',
  schema,
  example: {
    audienceId: '0199c0de-0000-4000-8000-00000000000a',
    customerId: '0199c0de-0000-7000-8000-000000000001',
    transition: 1,
    at: '2026-11-20T10:00:02.000Z',
  },
});
