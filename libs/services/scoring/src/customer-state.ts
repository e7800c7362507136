import type { PublishedScores } from './store/published.ts';
import type { MemberState } from './store/states.ts';

/** What is stored about a customer: its members with their states, and its last published scores. Immutable. */
export interface CustomerState {
  readonly members: readonly MemberState[];
  readonly published: PublishedScores | undefined;
}
