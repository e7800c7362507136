import { activityReceived } from './events/activity-received.ts';
import { activityRefused } from './events/activity-refused.ts';
import { activityScored } from './events/activity-scored.ts';
import { customerActed } from './events/customer-acted.ts';
import { offerMade } from './events/offer-made.ts';
import { offerWithheld } from './events/offer-withheld.ts';
import { scoreChanged } from './events/score-changed.ts';
import type { ForeignTopic, Topic } from './topic.ts';

/** Every topic on which services write. They exchange nothing else. */
export const topics = {
  activities: {
    name: 'engagement.activities.v1',
    key: 'the strongest identifier of the activity, `kind:value`',
    producer: 'ingest',
    consumers: ['profile'],
    says: 'What happened, as received: one activity of somebody who is not resolved yet. Holds personal data.',
    events: { ActivityReceived: activityReceived },
  },
  refusals: {
    name: 'engagement.refusals.v1',
    key: 'the id of the source',
    producer: 'profile',
    consumers: ['ingest'],
    says: 'Activities that were accepted and cannot be used after all. Holds personal data.',
    events: { ActivityRefused: activityRefused },
  },
  customers: {
    name: 'engagement.customers.v1',
    key: 'customerId',
    producer: 'profile',
    consumers: ['scoring'],
    says: 'What a known customer did, in order, without direct identifiers, with their standing.',
    events: { CustomerActed: customerActed },
  },
  scores: {
    name: 'engagement.scores.v1',
    key: 'customerId',
    producer: 'scoring',
    consumers: ['offers'],
    says: 'What a known customer did, in order, with their standing and the six scores after it: one message for each activity.',
    events: { ActivityScored: activityScored, ScoreChanged: scoreChanged },
  },
  offers: {
    name: 'engagement.offers.v1',
    key: 'customerId',
    producer: 'offers',
    consumers: ['offers'],
    says: 'What was decided for a customer: an offer, or none. The live streams of offers tail it.',
    events: { OfferMade: offerMade, OfferWithheld: offerWithheld },
  },
} as const satisfies Record<string, Topic>;

/** Every topic on which others write. */
export const foreignTopics = {
  inbound: {
    name: 'engagement.inbound.v1',
    consumers: ['ingest'],
    says: 'Activities as CloudEvents 1.0 in binary, structured or batched mode, from any producer, with any key or none.',
  },
} as const satisfies Record<string, ForeignTopic>;
