import { arrive, type Evidence, type Model, regroup } from '@sestante/engagement';
import { nobodyTold } from './held-matters.ts';
import type { MemberState } from './store/states.ts';

/** What the members told about these matters, each activity once, and which of them are closed. */
function toldBy(members: readonly MemberState[], keys: readonly string[]) {
  const tellings = new Map<string, Evidence>();
  const closed = new Set<string>();
  for (const { matters } of members)
    for (const key of keys) {
      const held = matters.get(key) ?? nobodyTold;
      for (const evidence of held.tellings) tellings.set(evidence.activityId, evidence);
      if (held.isClosed) closed.add(key);
    }
  return { tellings: [...tellings.values()], closed };
}

/** The same of one member and one matter, the usual case, without copies. */
function toldByOne({ matters }: MemberState, key: string) {
  const { tellings, isClosed } = matters.get(key) ?? nobodyTold;
  return { tellings, closed: isClosed ? new Set([key]) : undefined };
}

/**
 * What changes with evidence that tells about matters, and under which keys it must be found again: those that it holds among all members of the customer,
 * or among its own member alone, because the members may be separated.
 */
export function arrival(
  model: Model,
  { member, members }: { readonly member: MemberState; readonly members: readonly MemberState[] },
  { evidence, keys }: { readonly evidence: Evidence; readonly keys: readonly string[] },
) {
  const isUsual = members.length === 1 && keys.length === 1;
  const { tellings, closed } = isUsual ? toldByOne(member, keys[0]!) : toldBy(members, keys);
  const { subtract, add, holds } = arrive(model, tellings, evidence, closed);
  if (members.length === 1) return { subtract, add, holds };
  const own = toldBy([member], keys);
  const alone = arrive(model, own.tellings, evidence, own.closed);
  return { subtract, add, holds: [...new Set([...holds, ...alone.holds])] };
}

/** What changes if members that were in some customers are in others, as far as their shared matters are known. */
export function regrouping(
  model: Model,
  before: readonly (readonly MemberState[])[],
  after: readonly (readonly MemberState[])[],
) {
  const told = (members: readonly MemberState[]) =>
    toldBy(members, [...new Set(members.flatMap(({ matters }) => [...matters.keys()]))]);
  return regroup(model, before.map(told), after.map(told));
}
