export { channels, vouchers } from './activity.ts';
export type { Activity, Channel, Properties, VouchedBy } from './activity.ts';
export { byElement, elements, scales } from './element.ts';
export type { Element, Scale } from './element.ts';
export type { Evidence, Signal } from './evidence.ts';

export { InvalidModel } from './document/invalid-model.ts';
export type {
  ChannelSpreadDocument,
  ConditionDocument,
  ElementDocument,
  ModelDocument,
  RuleDocument,
  SignalDocument,
  ValenceDocument,
} from './document/model-document.ts';
export { compileModel } from './model/compile-model.ts';
export type { Model } from './model/model.ts';
export { read } from './model/read.ts';

export { add, fold } from './state/add.ts';
export { merge } from './state/merge.ts';
export { activityCount, emptyState, fromNumbers, latestActivityAt, toNumbers } from './state/state.ts';
export type { State } from './state/state.ts';

export { explain } from './scores/explain.ts';
export type { Contribution, Explanation } from './scores/explain.ts';
export type { Earlier } from './scores/earlier.ts';
export { channelSpreadId } from './scores/parts.ts';
export type { Question } from './scores/question.ts';
export { scoresAt } from './scores/scores-at.ts';
export type { ElementScore, Scores } from './scores/scores-at.ts';
