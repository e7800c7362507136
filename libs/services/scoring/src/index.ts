export { ScoringModule } from './scoring.module.ts';
export { type Verification, verifyScores } from './verify/verify-scores.ts';
