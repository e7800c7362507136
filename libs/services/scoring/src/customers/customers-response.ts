import { channels } from '@sestante/engagement';
import { Instant } from '@sestante/contracts';
import { type Static, Type } from 'typebox';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T, description: string) =>
  Type.Union([type, Type.Null()], { description });

const score = orNull(Type.Number({ minimum: 0, maximum: 100 }), 'From 0 to 100; null without evidence.');

const ListedScore = Type.Object(
  {
    bond: score,
    mood: score,
    drop: orNull(
      Type.Number({ minimum: -100, maximum: 100 }),
      'How far recent experience is below the bond, in points; 0 without recent evidence, null without any.',
    ),
    confidence: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'The share of the bond that was observed, not assumed.',
    }),
  },
  { $id: 'ListedScore' },
);

const CustomerItem = Type.Object(
  {
    customerId: Type.String({ format: 'uuid' }),
    overall: score,
    loyal: orNull(Type.Boolean(), 'Whether the customer is loyal by the definition of the model; null if it has none.'),
    firstActivityAt: orNull(Instant, 'Of the activities that are known.'),
    lastActivityAt: orNull(Instant, 'Of the activities that are known.'),
    channels: Type.Array(Type.Enum([...channels]), { description: 'Those with evidence.' }),
    elements: Type.Object({
      value: ListedScore,
      efficiency: ListedScore,
      trust: ListedScore,
      coherence: ListedScore,
      relevance: ListedScore,
      control: ListedScore,
    }),
  },
  { $id: 'CustomerScores' },
);
export type CustomerItem = Static<typeof CustomerItem>;

/** A page of customers with their scores. */
export const CustomersResponse = Type.Object(
  {
    model: Type.String({ description: 'The version of the live model.' }),
    at: Type.Intersect([Instant], { description: 'The instant of the scores: that of the first page.' }),
    items: Type.Array(CustomerItem),
    next: orNull(Type.String(), 'The `cursor` of the next page; null on the last one.'),
  },
  { $id: 'Customers' },
);
export type CustomersResponse = Static<typeof CustomersResponse>;
