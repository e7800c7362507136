/** The six elements, always in this order. */
export const elements = ['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'] as const;
export type Element = (typeof elements)[number];

/** What a customer's score of one element is. `bond`, `mood` and `drop` are null without evidence. Points of 0 to 100; confidence 0 to 1. */
export interface ElementScore {
  readonly bond: number | null;
  readonly mood: number | null;
  readonly drop: number | null;
  readonly confidence: number;
}

/** Below this confidence a score is not told: there is not enough evidence. */
export const leastConfidence = 0.2;
/** From this drop on, in points, recent experience is clearly worse than the bond. */
export const fallingFrom = 5;

/** A text reasons may be given in. */
export type Because = Readonly<Record<'en' | 'de' | 'it', string>>;

/** The text in the reader's language; English where there is no other. */
export function inLanguage(because: Because, language: string): string {
  return language in because ? because[language as keyof Because] : because.en;
}
