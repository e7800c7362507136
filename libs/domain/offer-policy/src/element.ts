/** The six elements of engagement, in the order in which they are always listed. */
export const elements = ['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'] as const;

export type Element = (typeof elements)[number];
