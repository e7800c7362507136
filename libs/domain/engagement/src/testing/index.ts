export { aModelDocument, anActivity, anEvidence, aReason, aRule, aSignal, daysAgo, now } from './build.ts';
export { faultsOf } from './faults-of.ts';
