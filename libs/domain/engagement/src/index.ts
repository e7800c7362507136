export { channels, vouchers } from './activity.ts';
export type { Activity, Channel, Properties, VouchedBy } from './activity.ts';
export { byElement, elements, scales } from './element.ts';
export type { Element, Scale } from './element.ts';
export { isEvidence } from './evidence.ts';
export type { Evidence, Purchase, Signal } from './evidence.ts';

export { InvalidModel } from './document/invalid-model.ts';
export type {
  AgainDocument,
  Because,
  ChannelSpreadDocument,
  ElementDocument,
  LimitDocument,
  LoyalDocument,
  ModelDocument,
  OncePerDocument,
  PurchasesDocument,
  RhythmDocument,
  RuleDocument,
  SignalDocument,
  ValenceDocument,
  WeightDocument,
} from './document/model-document.ts';
export { compileModel } from './model/compile-model.ts';
export type { Model } from './model/model.ts';
export { activityNamesFor } from './model/activity-names.ts';
export type { ActivityNames } from './model/activity-names.ts';
export { read } from './model/read.ts';
export { describe } from './describe/describe.ts';
export type { ActivityDescription, RuleDescription } from './describe/describe.ts';

export { arrive } from './matters/arrive.ts';
export type { Arrival } from './matters/arrive.ts';
export { regroup } from './matters/regroup.ts';
export type { Told } from './matters/regroup.ts';
export { heldBy, holdersOf, isPreferred, settle } from './matters/settle.ts';
export type { Closed, Holders, Teller } from './matters/settle.ts';
export { mattersOf, onlyMatterOf } from './matters/tellings.ts';

export { add, addAll, fold } from './state/add.ts';
export { subtract } from './state/subtract.ts';
export { merge } from './state/merge.ts';
export { activityCount, emptyState, fromNumbers, latestActivityAt, toNumbers } from './state/state.ts';
export type { State } from './state/state.ts';

export { changeOf, momentAt } from './scores/change.ts';
export type { Cause, Change, Moment } from './scores/change.ts';
export { curve, statesAt } from './scores/curve.ts';
export { explain } from './scores/explain.ts';
export type { Explanation } from './scores/explain.ts';
export type { Contribution } from './scores/contribution.ts';
export type { Group } from './scores/group.ts';
export type { Earlier } from './scores/earlier.ts';
export { channelSpreadId, rhythmId } from './scores/parts.ts';
export type { Question } from './scores/question.ts';
export { silenceAt } from './scores/observed-rhythm.ts';
export { scoresAt } from './scores/scores-at.ts';
export type { ElementScore, Scores } from './scores/scores-at.ts';

export { factorSince, sumsAtLandmark } from './landmark/sums-at-landmark.ts';
export type { ChannelSums, LandmarkSums } from './landmark/sums-at-landmark.ts';
export type { Sums } from './scores/formula.ts';

export { loyal } from './loyal/loyal.ts';
export type { LoyalCondition, Loyalty } from './loyal/loyal.ts';
export { fitRhythm } from './rhythm/fit-rhythm.ts';
export type { FittedRhythm, ObservedPurchases } from './rhythm/fit-rhythm.ts';
export type { Silence } from './rhythm/silence.ts';
