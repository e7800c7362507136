import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';
import { Because } from '../scores-response.ts';
import { Spread } from './spread.ts';

/** Below this confidence, a score is not mixed into a mean: it is mostly its base. */
export const leastConfidence = 0.2;
/** From this drop on, in points, a bond counts as falling. */
export const leastDrop = 5;

export const ElementSummary = Type.Intersect(
  [
    Spread,
    Type.Object({
      tooLittle: Type.Integer({
        minimum: 0,
        description: `The other customers: those with a confidence below ${leastConfidence}, or without evidence.`,
      }),
      falling: Type.Integer({
        minimum: 0,
        description: `How many of \`customers\` have a drop of ${leastDrop} points or more: recent experience is below the bond.`,
      }),
    }),
  ],
  { $id: 'ElementSummary' },
);
export type ElementSummary = Static<typeof ElementSummary>;

export const Loyal = Type.Object(
  {
    count: Type.Integer({ minimum: 0 }),
    share: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
      description: 'Of all customers; null without customers.',
    }),
    definition: Type.Object({}, { description: 'The definition of the model, in the rule language.' }),
    because: Because,
  },
  { $id: 'LoyalCustomers' },
);

/** The scores of all customers, or of some, at an instant. */
export const SummaryResponse = Type.Object(
  {
    at: Instant,
    model: Type.String({ description: 'The version of the model.' }),
    customers: Type.Integer({ minimum: 0 }),
    loyal: Type.Union([Loyal, Type.Null()], { description: 'Null if the model does not define who is loyal.' }),
    overall: Spread,
    elements: Type.Object({
      value: ElementSummary,
      efficiency: ElementSummary,
      trust: ElementSummary,
      coherence: ElementSummary,
      relevance: ElementSummary,
      control: ElementSummary,
    }),
  },
  { $id: 'ScoreSummary' },
);
export type SummaryResponse = Static<typeof SummaryResponse>;
