import type { Channel, VouchedBy } from './activity.ts';
import type { Element } from './element.ts';

/** The reading of one activity for one element. */
export interface Signal {
  readonly element: Element;
  /** How much the signal counts, in observations: above 0. The trust in who vouches for the activity is included. */
  readonly weight: number;
  /** How good the experience was, from 0 (worst) to 1 (best). */
  readonly valence: number;
}

/** The signals of one activity. Evidence is stored. States and explanations are computed from it. */
export interface Evidence {
  readonly activityId: string;
  readonly name: string;
  /** When the activity happened, in milliseconds since 1970. */
  readonly at: number;
  readonly channel: Channel;
  readonly vouchedBy: VouchedBy;
  /** Empty if no rule of the model applies to the activity, or if the model does not trust who vouches for it. */
  readonly signals: readonly Signal[];
}
