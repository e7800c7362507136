/** The parts of the API responses that the demo uses. */
export const elements = ['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'] as const;
export type Element = (typeof elements)[number];

export interface Scores {
  readonly customerId: string;
  readonly overall: number | null;
  readonly elements: Readonly<Record<Element, { bond: number | null; mood: number | null; evidence: number }>>;
}

export interface Explanation {
  readonly element: Element;
  readonly base: number;
  readonly score: number | null;
  readonly contributions: readonly { readonly name: string; readonly at: string; readonly contribution: number }[];
  /** The activities whose evidence is no longer kept. */
  readonly earlier: { readonly activities: number; readonly contribution: number } | null;
}

export interface Offer {
  readonly offerId: string;
  readonly code: string;
  readonly template: string;
  readonly kind: string;
  readonly element: string;
  readonly title: string;
  readonly reason: string;
  readonly terms: string;
  readonly endsAt: string;
  readonly status: string;
}

export interface Decision {
  readonly result: 'offer' | 'no-deal';
  readonly cause: { readonly name: string; readonly timestamp: string; readonly channel: string };
  readonly reasons: readonly string[];
  readonly candidates: readonly {
    readonly template: string;
    readonly gates: readonly { readonly gate: string; readonly passed: boolean; readonly reason: string }[];
  }[];
}
