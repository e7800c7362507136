import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import type { Element } from '../../pictures/elements.ts';

type Schemas = components['schemas'];
export type Customer = Schemas['Customer'];
export type Activity = Schemas['Activity'];
export type Scores = Schemas['Scores'];

const pathOf = (id: string) => ({ params: { path: { id } } });

export const useCustomer = (id: string) =>
  useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/customers/{id}', { ...pathOf(id), signal })),
  });

/** `at`: an instant; undefined for now. */
export const useScores = (id: string, at: string | undefined) =>
  useQuery({
    queryKey: ['scores', id, at],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/customers/{id}/scores', {
          params: { path: { id }, query: at === undefined ? {} : { at } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** How many contributions are listed one by one. */
const listed = 500;

export const useExplanation = (id: string, element: Element, at: string | undefined) =>
  useQuery({
    queryKey: ['explanation', id, element, at],
    queryFn: ({ signal }) => {
      const query = { limit: listed, ...(at !== undefined && { at }) };
      const path = '/api/v1/customers/{id}/scores/{element}/explanation';
      return dataOf(api.GET(path, { params: { path: { id, element }, query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** The last `days`, one point a day. */
export const useHistory = (id: string, element: Element, days: number) =>
  useQuery({
    queryKey: ['history', id, element, days],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - days * 86_400_000).toISOString();
      const path = '/api/v1/customers/{id}/scores/history';
      return dataOf(api.GET(path, { params: { path: { id }, query: { element, from, step: 'day' } }, signal }));
    },
    placeholderData: keepPreviousData,
  });

export const useTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 30, ...(pageParam !== undefined && { before: pageParam }) };
      return dataOf(api.GET('/api/v1/customers/{id}/timeline', { params: { path: { id }, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** The base of each element, in points, from the document of the model. */
export const useBases = (version: string | undefined) =>
  useQuery({
    queryKey: ['bases', version],
    enabled: version !== undefined,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const path = '/api/v1/models/{version}';
      const { document } = await dataOf(api.GET(path, { params: { path: { version: version! } }, signal }));
      const entries = Object.entries((document as unknown as ElementBases).elements);
      return Object.fromEntries(entries.map(([element, { base }]) => [element, 100 * base])) as Record<Element, number>;
    },
  });

interface ElementBases {
  readonly elements: Readonly<Record<string, { readonly base: number }>>;
}

export const useOffers = (id: string) =>
  useQuery({
    queryKey: ['offers', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/customers/{id}/offers', { ...pathOf(id), signal })),
  });

export const useDecisions = (id: string) =>
  useQuery({
    queryKey: ['decisions', id],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/customers/{id}/decisions', { params: { path: { id }, query: { limit: 20 } }, signal })),
  });

export const useConsents = (id: string) =>
  useQuery({
    queryKey: ['consents', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/customers/{id}/consents', { ...pathOf(id), signal })),
  });

export const useNotes = (id: string) =>
  useQuery({
    queryKey: ['notes', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/customers/{id}/notes', { ...pathOf(id), signal })),
  });
