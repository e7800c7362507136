import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json.ts';
import type { Rule } from '../../rules/query-of-rule.ts';

export interface AudienceSummary {
  readonly audienceId: string;
  readonly name: string;
  readonly description: string;
  /** Counts the versions from 1. */
  readonly revision: number;
  readonly changedAt: string;
  readonly changedBy: { readonly name: string };
}

export interface Audience extends AudienceSummary {
  readonly rule: Rule;
}

export interface AudienceContent {
  readonly name: string;
  readonly description: string;
  readonly rule: Rule;
}

export interface Overlap {
  readonly both: number;
  readonly onlyThis: number;
  readonly onlyOther: number;
}

const path = '/api/v1/audiences';

export const useAudiences = () =>
  useQuery({
    queryKey: ['audiences'],
    queryFn: ({ signal }) => getJson<{ readonly items: readonly AudienceSummary[] }>(path, {}, signal),
  });

export const useAudience = (id: string) =>
  useQuery({
    queryKey: ['audience', id],
    queryFn: ({ signal }) => getJson<Audience>(`${path}/${id}`, {}, signal),
  });

export const useVersions = (id: string) =>
  useQuery({
    queryKey: ['audience', id, 'versions'],
    queryFn: ({ signal }) =>
      getJson<{ readonly items: readonly Omit<Audience, 'audienceId'>[] }>(`${path}/${id}/versions`, {}, signal),
  });

export const useOverlap = (id: string, other: string | null) =>
  useQuery({
    queryKey: ['audience', id, 'overlap', other],
    enabled: other !== null,
    queryFn: ({ signal }) => getJson<Overlap>(`${path}/${id}/overlap`, { with: other! }, signal),
  });

interface MembersPage {
  readonly items: readonly { readonly customerId: string; readonly enteredAt?: string }[];
  readonly next: string | null;
}

export const useMembers = (id: string) =>
  useInfiniteQuery({
    queryKey: ['audience', id, 'members'],
    queryFn: ({ pageParam: cursor, signal }) =>
      getJson<MembersPage>(`${path}/${id}/members`, { cursor, limit: 50 }, signal),
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

export const useAddAudience = () => useChange((content: AudienceContent) => sendJson<Audience>('post', path, content));

/** Sends the revision that was edited: if somebody else has changed the audience since, the API answers 409. */
export const useReplaceAudience = (id: string) =>
  useChange((content: AudienceContent & { readonly revision: number }) =>
    sendJson<Audience>('put', `${path}/${id}`, content),
  );

export const useRemoveAudience = (id: string) => useChange(() => sendJson<void>('delete', `${path}/${id}`));
