import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { type Element, elements } from '../../pictures/elements.ts';
import type { OverviewSearch } from './overview-search.ts';

type Schemas = components['schemas'];
export type Summary = Schemas['ScoreSummary'];
export type ElementSummary = Summary['elements'][Element];
export type Mover = Schemas['Mover'];
export type Movers = Schemas['Movers'];
export type Channel = Schemas['CustomerScores']['channels'][number];

/** OpenAPI does not say that there are three. */
export const quartilesOf = ({ quartiles }: Schemas['ScoreSpread']) => quartiles as [number, number, number] | null;

export const useSummary = (channel: Channel | undefined, audience: string | undefined) =>
  useQuery({
    queryKey: ['summary', channel, audience],
    queryFn: ({ signal }) => {
      const query = { ...(channel && { channel }), ...(audience && { audience }) };
      return dataOf(api.GET('/api/v1/scores/summary', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** The movement of every element over the last `days`, in the order of the elements. */
export const useMovers = (days: NonNullable<OverviewSearch['days']>) =>
  useQueries({
    queries: elements.map((element) => ({
      queryKey: ['movers', element, days],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        dataOf(api.GET('/api/v1/scores/movers', { params: { query: { element, days } }, signal })),
      staleTime: 60_000,
    })),
  });

/** The last 90 days of an element, one point a day. */
export const useTrend = (element: Element) =>
  useQuery({
    queryKey: ['trend', element],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
      return dataOf(api.GET('/api/v1/scores/trend', { params: { query: { element, from, step: 'day' } }, signal }));
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
