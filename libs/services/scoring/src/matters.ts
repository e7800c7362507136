import { arrive, type Evidence, type Model, regroup } from '@sestante/engagement';
import { heldUnder } from './held-matters.ts';
import type { MemberState } from './store/states.ts';

/** What the members told about these matters, each activity once, and which of them are closed. */
function toldBy(members: readonly MemberState[], keys: readonly string[]) {
  const tellings = new Map<string, Evidence>();
  const closed = new Set<string>();
  for (const { matters } of members)
    for (const key of keys) {
      const held = heldUnder(matters, key);
      if (held === undefined) continue;
      for (const evidence of held.tellings) tellings.set(evidence.activityId, evidence);
      if (held.isClosed) closed.add(key);
    }
  return { tellings: [...tellings.values()], closed };
}

/** The same of one member, without copies for one matter: the usual case. */
function toldByOne(member: MemberState, keys: readonly string[]) {
  const [key, ...others] = keys;
  if (key === undefined || others.length > 0) return toldBy([member], keys);
  const held = heldUnder(member.matters, key);
  return { tellings: held?.tellings ?? [], closed: held?.isClosed ? new Set([key]) : undefined };
}

function hasTold({ matters }: MemberState, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const held = heldUnder(matters, key);
    return held !== undefined && (held.isClosed || held.tellings.length > 0);
  });
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
  const own = toldByOne(member, keys);
  const alone = arrive(model, own.tellings, evidence, own.closed);
  if (!members.some((other) => other.memberId !== member.memberId && hasTold(other, keys))) return alone;
  const { tellings, closed } = toldBy(members, keys);
  const { subtract, add, holds } = arrive(model, tellings, evidence, closed);
  return { subtract, add, holds: [...new Set([...holds, ...alone.holds])] };
}

/** What changes if members that were in some customers are in others, as far as their shared matters are known. */
export function regrouping(
  model: Model,
  before: readonly (readonly MemberState[])[],
  after: readonly (readonly MemberState[])[],
) {
  const told = (members: readonly MemberState[]) =>
    toldBy(members, [...new Set(members.flatMap(({ matters }) => matters.map(({ key }) => key)))]);
  return regroup(model, before.map(told), after.map(told));
}
