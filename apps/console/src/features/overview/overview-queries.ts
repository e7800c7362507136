import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/json.ts';
import { type Because, type Element, elements } from '../../pictures/elements.ts';
import type { TrendPoint } from '../../pictures/trend-chart.tsx';

type Quartiles = readonly [low: number, median: number, high: number];

/** How a score is spread over the customers with enough evidence. `mean` and `quartiles` are null if there are none. */
export interface Spread {
  readonly mean: number | null;
  readonly quartiles: Quartiles | null;
  /** Customers in each equal part of 0 to 100. */
  readonly histogram: readonly number[];
}

export interface ElementSummary extends Spread {
  /** Customers without enough evidence. */
  readonly tooLittle: number;
  /** Customers whose recent experience is clearly worse than their bond. */
  readonly falling: number;
}

export interface Summary {
  readonly customers: number;
  readonly loyal: { readonly count: number; readonly share: number | null; readonly because: Because | null } | null;
  readonly overall: Spread;
  readonly elements: Readonly<Record<Element, ElementSummary>>;
}

export const useSummary = (channel: string | undefined, audience: string | undefined) =>
  useQuery({
    queryKey: ['summary', channel, audience],
    queryFn: ({ signal }) => getJson<Summary>('/api/v1/scores/summary', { channel, audience }, signal),
    placeholderData: keepPreviousData,
  });

export interface Mover {
  readonly customerId: string;
  readonly before: number;
  readonly now: number;
  readonly change: number;
}

export interface Movers {
  readonly element: Element;
  /** Null without customers. */
  readonly mean: { readonly before: number; readonly now: number; readonly change: number } | null;
  readonly fell: readonly Mover[];
  readonly rose: readonly Mover[];
  /** What moved the mean, in points over all customers. */
  readonly causes: readonly {
    readonly name: string;
    readonly because: Because | null;
    readonly count: number;
    readonly contribution: number;
  }[];
}

/** The movement of every element over the last `days`, in the order of the elements. */
export const useMovers = (days: number) =>
  useQueries({
    queries: elements.map((element) => ({
      queryKey: ['movers', element, days],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getJson<Movers>('/api/v1/scores/movers', { element, days }, signal),
      staleTime: 60_000,
    })),
  });

/** The last 90 days of an element, one point a day. */
export const useTrend = (element: Element) =>
  useQuery({
    queryKey: ['trend', element],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
      return getJson<{ readonly items: readonly TrendPoint[] }>(
        '/api/v1/scores/trend',
        { element, from, step: 'day' },
        signal,
      );
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
