import type { Channel } from './activity.ts';
import type { Element } from './element.ts';

/** One reading of one activity for one element. */
export interface Signal {
  readonly element: Element;
  /** How much it says, in observations: above 0. */
  readonly weight: number;
  /** How good it was: from 0, as bad as it can be, to 1, as good as it can be. */
  readonly valence: number;
}

/** The signals of one activity. What is kept, and what every state and every explanation is folded from. */
export interface Evidence {
  readonly activityId: string;
  readonly name: string;
  /** When the activity happened, in milliseconds since 1970. */
  readonly at: number;
  readonly channel: Channel;
  /** Empty when the model has nothing to say about the activity. */
  readonly signals: readonly Signal[];
}
