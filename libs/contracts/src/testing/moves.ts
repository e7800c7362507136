import type { Move } from '../moves.ts';
import { nameUuid } from '../name-uuid.ts';

const namespace = Buffer.from('0199c0de00007000800000000000a001', 'hex');
const movedAt = '2026-11-20T12:00:00.000Z';

/** The same id for the same name, of a customer, a member or an activity. */
export const idOf = (name: string): string => nameUuid(namespace, name);

/** A merge or split, as it is read with one of its two keys. */
export interface MoveMessage {
  readonly event: 'CustomersMerged' | 'CustomersSplit';
  readonly key: string;
  readonly data: Move;
}

/** So many moves of each member, by name. */
type Moves = Readonly<Record<string, number>>;

/** The members of `from` belong to `to` from now on, each after so many moves. Both copies: first that with the key of `to`. */
export function aMerge(from: string, to: string, members: Moves): [MoveMessage, MoveMessage] {
  return copiesOf('CustomersMerged', { from, to, members });
}

/** The same for members of a customer that keeps others. */
export function aSplit(from: string, to: string, members: Moves): [MoveMessage, MoveMessage] {
  return copiesOf('CustomersSplit', { from, to, members });
}

function copiesOf(
  event: MoveMessage['event'],
  { from, to, members }: { readonly from: string; readonly to: string; readonly members: Moves },
): [MoveMessage, MoveMessage] {
  const moved = Object.entries(members).map(([name, moves]) => ({ memberId: idOf(name), moves }));
  const data = { customerId: idOf(to), formerId: idOf(from), members: moved, movedAt };
  return [
    { event, key: data.customerId, data },
    { event, key: data.formerId, data },
  ];
}
