import { type Cause, type Change, type Element, elements } from '@sestante/engagement';
import { byElement } from '@sestante/engagement';
import { leastConfidence } from './summary-response.ts';

/** The windows for which movers are counted, in days. */
export const windows = [7, 30, 90] as const;
export type Window = (typeof windows)[number];

/** A customer whose bond has changed. */
export interface Mover {
  readonly customerId: string;
  readonly before: number;
  readonly now: number;
  readonly change: number;
}

/** How the bond of an element has changed over all customers with enough evidence. */
export interface Movement {
  readonly customers: number;
  /** Null without customers. */
  readonly mean: { readonly before: number; readonly now: number; readonly change: number } | null;
  /** The largest falls first. */
  readonly fell: readonly Mover[];
  readonly rose: readonly Mover[];
  /** The largest first. Contributions are means over all customers, and add up to the change of the mean. */
  readonly causes: readonly Cause[];
}

export type Movements = Readonly<Record<Element, Movement>>;

/** How many of them are kept: some may be merged or erased before they are read. */
const mostMovers = 50;

/** Adds up how the bonds of customers have changed within a window. A score without evidence before is its base. */
export class Moved {
  private readonly gathered = byElement(() => ({
    customers: 0,
    before: 0,
    now: 0,
    fell: new Largest(),
    rose: new Largest(),
    causes: new Map<number | string, Cause>(),
  }));

  add(customerId: string, element: Element, { before: known, now, base, confidence, causes }: Change): void {
    if (confidence < leastConfidence) return;
    const all = this.gathered[element];
    const before = known ?? base;
    const mover = { customerId, before, now, change: now - before };
    all.customers += 1;
    all.before += before;
    all.now += now;
    if (mover.change < 0) all.fell.add(mover);
    if (mover.change > 0) all.rose.add(mover);
    for (const cause of causes) {
      const key = cause.rule ?? cause.name;
      const sum = all.causes.get(key);
      const [count, contribution] = [(sum?.count ?? 0) + cause.count, (sum?.contribution ?? 0) + cause.contribution];
      all.causes.set(key, { ...cause, count, contribution });
    }
  }

  movements(): Movements {
    return Object.fromEntries(elements.map((element) => [element, this.movementOf(element)])) as Movements;
  }

  private movementOf(element: Element): Movement {
    const { customers, before, now, fell, rose, causes } = this.gathered[element];
    if (customers === 0) return { customers, mean: null, fell: [], rose: [], causes: [] };
    const mean = { before: before / customers, now: now / customers, change: (now - before) / customers };
    const byMean = [...causes.values()].map((one) => ({ ...one, contribution: one.contribution / customers }));
    return {
      customers,
      mean,
      fell: fell.items,
      rose: rose.items,
      causes: byMean
        .filter(({ contribution }) => contribution !== 0)
        .sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution)),
    };
  }
}

/** The customers with the largest changes, the largest first. */
class Largest {
  readonly items: Mover[] = [];

  add(mover: Mover): void {
    const { items } = this;
    const size = Math.abs(mover.change);
    if (items.length === mostMovers && size <= Math.abs(items.at(-1)!.change)) return;
    const place = items.findIndex(({ change }) => Math.abs(change) < size);
    items.splice(place === -1 ? items.length : place, 0, mover);
    items.splice(mostMovers);
  }
}
