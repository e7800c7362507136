/** The six elements of engagement, in the order in which they are always listed. */
export const elements = ['value', 'efficiency', 'trust', 'coherence', 'relevance', 'control'] as const;
export type Element = (typeof elements)[number];

/** One value for each element. A literal, for speed: it is created several times per activity. */
export function byElement<Value>(valueOf: (element: Element) => Value): Record<Element, Value> {
  return {
    value: valueOf('value'),
    efficiency: valueOf('efficiency'),
    trust: valueOf('trust'),
    coherence: valueOf('coherence'),
    relevance: valueOf('relevance'),
    control: valueOf('control'),
  };
}

/** Each element has two scores: a slow bond (half-life of months) and a quick mood (half-life of days). */
export const scales = ['bond', 'mood'] as const;
export type Scale = (typeof scales)[number];
