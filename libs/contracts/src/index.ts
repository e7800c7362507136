export { nameUuid } from './name-uuid.ts';
export { startsWithValidDate } from './calendar.ts';
export { isPauseEnd } from './pause-end.ts';
export { cloudEventSchema } from './cloud-event.ts';
export { type Envelope, InvalidMessage, type NewMessage, open, seal, withFields } from './envelope.ts';
export { type AttributeName, attributeNames, Attributes } from './events/attributes.ts';
export { Cause, Channel, Instant, Properties, Standing, VouchedBy } from './events/shapes.ts';
export type { ActivityReceived } from './events/activity-received.ts';
export { type ActivityRefused, idReused } from './events/activity-refused.ts';
export type { ActivityScored } from './events/activity-scored.ts';
export type { CustomerActed } from './events/customer-acted.ts';
export type { CustomerErased } from './events/customer-erased.ts';
export type { CustomersMerged } from './events/customers-merged.ts';
export type { CustomersSplit } from './events/customers-split.ts';
export { type ErasingService, erasingServices, type ErasureDone, Removed } from './events/erasure-done.ts';
export type { ErasureRequested } from './events/erasure-requested.ts';
export { type ExportingService, exportingServices, type ExportPart } from './events/export-part.ts';
export type { ExportRequested } from './events/export-requested.ts';
export type { OfferMade } from './events/offer-made.ts';
export type { OfferWithheld } from './events/offer-withheld.ts';
export type { AudienceEntered } from './events/audience-entered.ts';
export type { AudienceLeft } from './events/audience-left.ts';
export type { ScoreChanged } from './events/score-changed.ts';
export { incompatibilities } from './evolution.ts';
export { effectOf, erasedMoves, type Move, sealErased, sealErasureDone, sealMove } from './moves.ts';
export { happenedAt } from './happened-at.ts';
export { ownSourceId } from './own-source.ts';
export { dayAt, isTimeZone, timeZoneName } from './time-zone.ts';
export type { DataOf, EventName, EventOf, EventType, ForeignTopic, Topic } from './topic.ts';
export { foreignTopics, topics } from './topics.ts';
export { bareName } from './vocabulary/bare-name.ts';
export { checkActivity } from './vocabulary/check-activity.ts';
export { type AmountInCurrency, currenciesIn, inOneCurrency } from './vocabulary/currencies.ts';
export {
  consentActivities,
  consentIn,
  type ConsentPurpose,
  consentPurposes,
  consentsIn,
  type ConsentSubject,
  consentSubjects,
  type ConsentValue,
  type ContactChannel,
  contactChannels,
  fieldOfChannel,
  mayDenyConsent,
} from './vocabulary/consent-activities.ts';
export { isObject } from './vocabulary/is-object.ts';
export { maxViolations } from './vocabulary/remove-faults.ts';
export { spellingsOf } from './vocabulary/spellings.ts';
export { numberIn } from './vocabulary/number-in.ts';
export { booleanIn } from './vocabulary/boolean-in.ts';
export type { CheckedActivity, Violation } from './vocabulary/violation.ts';
export { vocabularySchema } from './vocabulary/json-schema.ts';
export { nameOfTitle } from './vocabulary/titles.ts';
export { vocabulary } from './vocabulary/vocabulary.ts';
