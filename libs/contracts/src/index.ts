export { type Envelope, InvalidMessage, type Saying, open, seal } from './envelope.ts';
export type { ActivityReceived } from './events/activity-received.ts';
export type { CustomerActed } from './events/customer-acted.ts';
export type { OfferMade } from './events/offer-made.ts';
export type { OfferWithheld } from './events/offer-withheld.ts';
export type { ScoreChanged } from './events/score-changed.ts';
export { incompatibilities } from './evolution.ts';
export type { DataOf, EventName, EventOf, EventType, Topic } from './topic.ts';
export { topics } from './topics.ts';
