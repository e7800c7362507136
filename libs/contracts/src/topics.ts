import { activityReceived } from './events/activity-received.ts';
import { activityRefused } from './events/activity-refused.ts';
import { activityScored } from './events/activity-scored.ts';
import { audienceEntered } from './events/audience-entered.ts';
import { audienceLeft } from './events/audience-left.ts';
import { customerActed } from './events/customer-acted.ts';
import { customerErased } from './events/customer-erased.ts';
import { customersMerged } from './events/customers-merged.ts';
import { customersSplit } from './events/customers-split.ts';
import { erasureDone } from './events/erasure-done.ts';
import { erasureRequested } from './events/erasure-requested.ts';
import { exportPart } from './events/export-part.ts';
import { exportRequested } from './events/export-requested.ts';
import { offerMade } from './events/offer-made.ts';
import { offerWithheld } from './events/offer-withheld.ts';
import { scoreChanged } from './events/score-changed.ts';
import type { ForeignTopic, Topic } from './topic.ts';

/** Every topic on which services write. Services communicate only by these topics. */
export const topics = {
  activities: {
    name: 'engagement.activities.v1',
    key: 'the strongest identifier of the activity, `kind:value`',
    producer: 'ingest',
    otherProducers: ['profile'],
    consumers: ['profile'],
    description:
      'Activities as received, before their customer is resolved. Those of profile are what customers set over the API. Contains personal data.',
    events: { ActivityReceived: activityReceived },
  },
  refusals: {
    name: 'engagement.refusals.v1',
    key: 'the id of the source',
    producer: 'profile',
    consumers: ['ingest'],
    description: 'Accepted activities that turned out to be unusable. Contains personal data.',
    events: { ActivityRefused: activityRefused },
  },
  customers: {
    name: 'engagement.customers.v1',
    key: 'customerId; a merge or split is published with formerId as its key, too',
    producer: 'profile',
    consumers: ['scoring'],
    description:
      'The activities of customers in order, with the standing of the customer and without direct identifiers; and who belongs to which customer.',
    events: {
      CustomerActed: customerActed,
      CustomersMerged: customersMerged,
      CustomersSplit: customersSplit,
      CustomerErased: customerErased,
    },
  },
  scores: {
    name: 'engagement.scores.v1',
    key: 'customerId; a merge or split is published with formerId as its key, too',
    producer: 'scoring',
    consumers: ['offers', 'scoring'],
    description:
      'The activities of customers in order, with the standing and the six scores after each: one message per activity. And who belongs to which customer.',
    events: {
      ActivityScored: activityScored,
      ScoreChanged: scoreChanged,
      CustomersMerged: customersMerged,
      CustomersSplit: customersSplit,
      CustomerErased: customerErased,
    },
  },
  offers: {
    name: 'engagement.offers.v1',
    key: 'customerId; a merge or split is published with formerId as its key, too',
    producer: 'offers',
    consumers: ['offers'],
    description:
      'The decisions for customers: an offer, or none; and who belongs to which customer. The live streams of offers follow this topic.',
    events: {
      OfferMade: offerMade,
      OfferWithheld: offerWithheld,
      CustomersMerged: customersMerged,
      CustomersSplit: customersSplit,
      CustomerErased: customerErased,
    },
  },
  audiences: {
    name: 'engagement.audiences.v1',
    key: 'customerId',
    producer: 'scoring',
    consumers: [],
    isForOthers: true,
    description:
      'Who enters and leaves the audiences, within seconds after an activity, and within a minute by time alone; and who was erased.',
    events: { AudienceEntered: audienceEntered, AudienceLeft: audienceLeft, CustomerErased: customerErased },
  },
  erasures: {
    name: 'engagement.erasures.v1',
    key: 'erasureId',
    producer: 'profile',
    consumers: ['profile', 'ingest'],
    description: 'The identifiers of persons who were erased. Contains personal data.',
    events: { ErasureRequested: erasureRequested },
  },
  erasureResults: {
    name: 'engagement.erasure-results.v1',
    key: 'erasureId',
    producer: 'services',
    consumers: ['profile'],
    description:
      'What ingest, scoring and offers have deleted about customers who were erased, as numbers. Profile adds it to the receipt.',
    events: { ErasureDone: erasureDone },
  },
  exports: {
    name: 'engagement.exports.v1',
    key: 'customerId',
    producer: 'profile',
    consumers: ['profile', 'ingest', 'scoring', 'offers'],
    description: 'Requests for a copy of everything that is stored about a customer. Contains personal data.',
    events: { ExportRequested: exportRequested },
  },
  exportParts: {
    name: 'engagement.export-parts.v1',
    key: 'exportId',
    producer: 'services',
    consumers: ['profile'],
    description:
      'What ingest, scoring and offers store about a customer who asked for it. Contains personal data: the events of the customer that ingest could not use.',
    events: { ExportPart: exportPart },
  },
} as const satisfies Record<string, Topic>;

/** Every topic on which external systems write. */
export const foreignTopics = {
  inbound: {
    name: 'engagement.inbound.v1',
    consumers: ['ingest'],
    description:
      'Activities as CloudEvents 1.0 in binary, structured or batched mode, from any producer, with or without a key.',
  },
} as const satisfies Record<string, ForeignTopic>;
