export { aModelDocument, anActivity, anEvidence, aSignal, daysAgo, now } from './build.ts';
