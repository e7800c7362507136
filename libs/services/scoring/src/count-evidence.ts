import { add, type Evidence, type Model, subtract } from '@sestante/engagement';
import { addTelling, isHeld } from './held-matters.ts';
import { arrival, regrouping } from './matters.ts';
import { type Draft, draftOf, type MemberIndex, membersOf, ownMatters } from './member-index.ts';
import type { Reading } from './readings.ts';
import type { MemberState } from './store/states.ts';

/**
 * Counts evidence that is new, for a member of a customer. What it tells about a matter may count in place of what another activity of the customer told.
 * Returns the keys under which it must be found again.
 */
export function countEvidence(
  model: Model,
  index: MemberIndex,
  { draft, evidence, keys }: { readonly draft: Draft } & Pick<Reading, 'evidence' | 'keys'>,
): readonly string[] {
  if (keys.length === 0) {
    draft.state = add(model, draft.state, evidence);
    return [];
  }
  const members = membersOf(index, draft.customerId);
  const { holds, ...changes } = arrival(model, { member: draft, members }, { evidence, keys });
  const ownerOf = ({ activityId }: Evidence) =>
    activityId === evidence.activityId ? draft : tellerOf(members, activityId);
  applyChanges(model, index, { ...changes, ownerOf });
  if (holds.length > 0) addTelling(ownMatters(index, draft), holds, evidence);
  return holds;
}

/** Moves members between customers by `move`, and counts anew what several of them told about the same matters. */
export function regroupMembers(
  model: Model,
  index: MemberIndex,
  { customerIds, move }: { readonly customerIds: readonly string[]; readonly move: () => void },
): void {
  const groups = () => [...new Set(customerIds)].map((customerId) => membersOf(index, customerId));
  const before = groups();
  move();
  if (!before.flat().some(({ matters }) => matters.length > 0)) return;
  const changes = regrouping(model, before, groups());
  const members = before.flat();
  applyChanges(model, index, { ...changes, ownerOf: ({ activityId }) => tellerOf(members, activityId) });
}

function applyChanges(
  model: Model,
  index: MemberIndex,
  changes: {
    readonly subtract: readonly Evidence[];
    readonly add: readonly Evidence[];
    readonly ownerOf: (evidence: Evidence) => MemberState;
  },
): void {
  const change = (evidence: Evidence, by: typeof add) => {
    const { memberId } = changes.ownerOf(evidence);
    const draft = draftOf(index, index.byId.get(memberId)!);
    draft.state = by(model, draft.state, evidence);
  };
  for (const evidence of changes.subtract) change(evidence, subtract);
  for (const evidence of changes.add) change(evidence, add);
}

/** The member that told about a matter by this activity. */
function tellerOf(members: readonly MemberState[], activityId: string): MemberState {
  const teller = members.find(({ matters }) =>
    matters.some((one) => isHeld(one) && one.tellings.some((told) => told.activityId === activityId)),
  );
  if (!teller) throw new Error(`No member told about the activity ${activityId}.`);
  return teller;
}
