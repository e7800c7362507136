import { type Channel, channels, type Element, elements, type Scale, scales } from '@sestante/engagement';

/** The columns of `scoring.customer_score` that are sums. They are at the landmark of the model: see `sumsAtLandmark`. */
const parts = ['weight', 'good'] as const;
type Part = (typeof parts)[number];

/** Such as `trust_bond_weight`, or `web_mood_good`. */
export const sumColumn = (of: Element | Channel, scale: Scale, part: Part): string => `${of}_${scale}_${part}`;
/** The weight of all channels but that with the most. */
export const outsideColumn = (scale: Scale): string => `outside_${scale}_weight`;
/** The number of activities that count for the element. */
export const evidenceColumn = (element: Element): string => `${element}_evidence`;
/** The bit of a channel in `channels`: 1 for the first of the list. */
export const channelBit = (channel: Channel): number => 1 << channels.indexOf(channel);

/** Of each element; never null. */
export const elementSumColumns: readonly string[] = elements.flatMap((element) =>
  scales.flatMap((scale) => parts.map((part) => sumColumn(element, scale, part))),
);

/** Of each channel, and of all but the dominant one. Null without evidence in at least two channels. */
export const channelSumColumns: readonly string[] = scales.flatMap((scale) => [
  ...channels.flatMap((channel) => parts.map((part) => sumColumn(channel, scale, part))),
  outsideColumn(scale),
]);

export const evidenceColumns: readonly string[] = elements.map(evidenceColumn);
