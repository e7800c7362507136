import { aMerge, anAct, aSplit, idOf, type Input } from './builders.ts';

/** What happens to members: one acts, its customer is merged into that of another one, or it becomes a customer of its own again. */
export type Step =
  | { readonly what: 'act' | 'split'; readonly member: string }
  | { readonly what: 'merge'; readonly member: string; readonly into: string };

interface Member {
  readonly member: string;
  customer: string;
  moves: number;
}

/**
 * The messages about the steps, in two partitions, as the service that knows the customers publishes them; and the members at the end. At first, each member is
 * a customer of its own.
 */
export function identityMessages(steps: readonly Step[], names: readonly string[]) {
  const members = new Map(names.map((name): [string, Member] => [name, { member: name, customer: name, moves: 0 }]));
  const partitions: [Input[], Input[]] = [[], []];
  const publish = (key: string, message: Input) => partitions[names.indexOf(key) % 2]!.push(message);
  const move = (moving: readonly Member[], to: string, tell: typeof aMerge) => {
    const from = moving[0]!.customer;
    for (const member of moving) Object.assign(member, { customer: to, moves: member.moves + 1 });
    const [there, here] = tell(from, to, Object.fromEntries(moving.map(({ member, moves }) => [member, moves])));
    publish(to, there);
    publish(from, here);
  };
  for (const [index, step] of steps.entries()) {
    const { member, customer, moves } = members.get(step.member)!;
    if (step.what === 'act') {
      const name = index % 2 === 0 ? 'promise.broken' : 'promise.kept';
      const told = { customerId: idOf(customer), memberId: idOf(member), moves, name };
      publish(customer, anAct({ ...told, activityId: idOf(`step ${index}`) }));
    } else if (step.what === 'merge') {
      const to = members.get(step.into)!.customer;
      const all = [...members.values()].filter((one) => one.customer === customer);
      if (to !== customer) move(all, to, aMerge);
    } else if (customer !== member) move([members.get(member)!], member, aSplit);
  }
  return { partitions, members: [...members.values()] };
}
