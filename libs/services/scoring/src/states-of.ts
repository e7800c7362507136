import { type Activity, addAll, type Model, read, settle, type State } from '@sestante/engagement';

/** All that is stored about the experience of a member. */
export interface MemberHistory {
  readonly memberId: string;
  /** The kept activities, in any order. */
  readonly activities: readonly Activity[];
  /** The state of those that are no longer kept. */
  readonly base: State | undefined;
}

/** The state of each member of one customer under a model, by member. What several members tell about one matter counts once, for the member that tells it first. */
export function statesOf(model: Model, customer: readonly MemberHistory[]): Map<string, State> {
  const evidence = customer.map(({ activities }) => activities.map((activity) => read(model, activity)));
  const settled = settle(model, evidence.flat());
  let start = 0;
  return new Map(
    customer.map(({ memberId, activities, base }) => {
      const own = settled.slice(start, (start += activities.length));
      return [memberId, addAll(model, own, base)];
    }),
  );
}
