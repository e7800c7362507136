import { type Element, elements, type Scores } from '@sestante/engagement';
import { byElement } from '@sestante/engagement';
import { leastConfidence, leastDrop, type SummaryResponse } from './summary-response.ts';
import { bucketOf, Tally } from './spread.ts';

/** A summary without its instant and its model. */
export type Counts = Pick<SummaryResponse, 'customers' | 'overall' | 'elements'> & { readonly loyal: number };

/** What is counted of one element: a score with enough evidence, or one without. */
interface CountedElement {
  readonly bond: Tally;
  tooLittle: number;
  falling: number;
}

/** Counts customers for a summary. */
export class Counted {
  customers = 0;
  loyal = 0;
  readonly overall = new Tally();
  readonly elements: Readonly<Record<Element, CountedElement>> = byElement(() => ({
    bond: new Tally(),
    tooLittle: 0,
    falling: 0,
  }));

  /** Adds one customer. */
  add({ overall, elements: scored }: Scores, isLoyal: boolean): void {
    this.customers += 1;
    if (isLoyal) this.loyal += 1;
    if (overall !== null) this.overall.addScore(overall);
    for (const element of elements) {
      const { bond, drop, confidence } = scored[element];
      const counted = this.elements[element];
      if (bond === null || confidence < leastConfidence) counted.tooLittle += 1;
      else {
        counted.bond.add(bucketOf(bond), { customers: 1, sum: bond });
        if (drop !== null && drop >= leastDrop) counted.falling += 1;
      }
    }
  }

  counts(): Counts {
    const { customers, loyal, overall } = this;
    const summaryOf = ({ bond, tooLittle, falling }: CountedElement) => ({ ...bond.spread(), tooLittle, falling });
    return {
      customers,
      loyal,
      overall: overall.spread(),
      elements: byElement((element) => summaryOf(this.elements[element])),
    };
  }
}
