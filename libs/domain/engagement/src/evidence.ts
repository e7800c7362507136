import type { Channel, VouchedBy } from './activity.ts';
import type { Element } from './element.ts';

/** The reading of one activity for one element. */
export interface Signal {
  readonly element: Element;
  /** How much the signal counts, in observations: above 0. The trust in who vouches for the activity is included. */
  readonly weight: number;
  /** How good the experience was, from 0 (worst) to 1 (best). */
  readonly valence: number;
  /** The index of its rule in the model document. */
  readonly rule: number;
  /** The amount of money that its weight is multiplied by, relative to the customer's usual amount. Above 0. */
  readonly amount?: number;
  /** The matter that it tells about, if the matter counts once. At most 100 characters. */
  readonly once?: string;
  /** The matter that it tells about, if the matter counts from the second telling on. At most 100 characters. */
  readonly again?: string;
  /** Of repeats: only the first in each channel other than that of the first telling counts. */
  readonly inOtherChannel?: true;
  /** Set by `settle`: it does not count. */
  readonly counts?: false;
}

/** The reading of one activity as a purchase. */
export interface Purchase {
  /** Above 0. */
  readonly amount?: number;
  /** The matter that it tells about. */
  readonly once?: string;
  /** Set by `settle`: it does not count. */
  readonly counts?: false;
}

/** The reading of one activity. States and explanations are computed from it. */
export interface Evidence {
  readonly activityId: string;
  readonly name: string;
  /** When the activity happened, in milliseconds since 1970. */
  readonly at: number;
  readonly channel: Channel;
  readonly vouchedBy: VouchedBy;
  /** Empty if no rule of the model applies to the activity, or if the model does not trust who vouches for it. */
  readonly signals: readonly Signal[];
  readonly purchase?: Purchase;
}

/** Whether the activity says anything to the model. */
export function isEvidence({ signals, purchase }: Evidence): boolean {
  return signals.length > 0 || purchase !== undefined;
}
