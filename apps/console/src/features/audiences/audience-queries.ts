import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import type { Rule } from '../../rules/query-of-rule.ts';

type Schemas = components['schemas'];
export type Audience = Omit<Schemas['Audience'], 'rule'> & { readonly rule: Rule };

export interface AudienceContent {
  readonly name: string;
  readonly description: string;
  readonly rule: Rule;
}

const path = '/api/v1/audiences';
const pathOf = (audienceId: string) => ({ params: { path: { audienceId } } });

/** OpenAPI has the rule as any object. */
const withRule = <Sent extends { readonly rule: object }>(sent: Sent) => ({ ...sent, rule: sent.rule as Rule });

export const useAudiences = () =>
  useQuery({ queryKey: ['audiences'], queryFn: ({ signal }) => dataOf(api.GET(path, { signal })) });

export const useAudience = (id: string) =>
  useQuery({
    queryKey: ['audience', id],
    queryFn: async ({ signal }) =>
      withRule(await dataOf(api.GET('/api/v1/audiences/{audienceId}', { ...pathOf(id), signal }))),
  });

export const useVersions = (id: string) =>
  useQuery({
    queryKey: ['audience', id, 'versions'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/audiences/{audienceId}/versions', { ...pathOf(id), signal })),
  });

export const useOverlap = (id: string, other: string | null) =>
  useQuery({
    queryKey: ['audience', id, 'overlap', other],
    enabled: other !== null,
    queryFn: ({ signal }) => {
      const params = { path: { audienceId: id }, query: { with: other! } };
      return dataOf(api.GET('/api/v1/audiences/{audienceId}/overlap', { params, signal }));
    },
  });

export const useMembers = (id: string) =>
  useInfiniteQuery({
    queryKey: ['audience', id, 'members'],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { limit: 50, ...(cursor !== undefined && { cursor }) };
      const params = { path: { audienceId: id }, query };
      return dataOf(api.GET('/api/v1/audiences/{audienceId}/members', { params, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

function useChange<Sent, Answer>(change: (sent: Sent) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Also after a refusal: somebody else may have been faster, and what they did is read.
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['audiences'] });
      await queries.invalidateQueries({ queryKey: ['audience'] });
    },
  });
}

export const useAddAudience = () => useChange((body: AudienceContent) => dataOf(api.POST(path, { body })));

/** Sends the revision that was edited: if somebody else has changed the audience since, the API answers 409. */
export const useReplaceAudience = (id: string) =>
  useChange(async (body: AudienceContent & { readonly revision: number }) =>
    withRule(await dataOf(api.PUT('/api/v1/audiences/{audienceId}', { ...pathOf(id), body }))),
  );

export const useRemoveAudience = (id: string) =>
  useChange(() => dataOf(api.DELETE('/api/v1/audiences/{audienceId}', pathOf(id))));
