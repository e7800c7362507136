import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import type { SourceSearch } from './source-search.ts';

export type Source = components['schemas']['Source'];
export type RejectedEvent = components['schemas']['RejectedEvent'];

export const useSources = () => useQuery({ queryKey: ['sources'], queryFn: () => dataOf(api.GET('/api/v1/sources')) });

const everyMs = 10_000;

/** How many events were rejected, by source and code. */
export const useRejectedCounts = (source: string | undefined) =>
  useQuery({
    queryKey: ['rejected', 'counts', source],
    queryFn: async () => {
      const query = { limit: 1, ...(source !== undefined && { sourceId: source }) };
      return (await dataOf(api.GET('/api/v1/rejected', { params: { query } }))).counts;
    },
    refetchInterval: everyMs,
  });

/** The rejected events, newest first, page by page. */
export const useRejected = ({ source, code }: SourceSearch) =>
  useInfiniteQuery({
    queryKey: ['rejected', 'list', source, code],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/api/v1/rejected', {
          params: {
            query: {
              limit: 20,
              ...(source !== undefined && { sourceId: source }),
              ...(code !== undefined && { code }),
              ...(pageParam !== null && { before: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
