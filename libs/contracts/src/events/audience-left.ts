import { type Static, Type } from 'typebox';
import { eventType } from '../topic.ts';
import { audienceEntered, transition } from './audience-entered.ts';

const schema = Type.Object(transition, { $id: 'audience-left.v1' });

export type AudienceLeft = Static<typeof schema>;

export const audienceLeft = eventType({
  type: 'engagement.audience.left.v1',
  description:
    'The rule of an audience does not hold for a customer any more, the audience was deleted, or the customer turned out to be another one.',
  schema,
  example: { ...audienceEntered.example, transition: 2 },
});
