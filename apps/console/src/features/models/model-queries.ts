import { useQuery } from '@tanstack/react-query';
import { api, ApiError, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';

type Schemas = components['schemas'];
export type Model = Schemas['Model'];
export type ModelSummary = Schemas['ModelSummary'];
export type RuleOfActivity = Schemas['RuleOfActivity'];
export type RuleDifference = Schemas['RuleDifference'];
export type Shadow = Schemas['Shadow'];
export type Differences = Schemas['ModelDifferences'];
export type ScoreDifference = Schemas['ScoreDifference'];

const path = (version: string) => ({ params: { path: { version } } });
const whileRunningMs = 1_000;

export const useModels = () => useQuery({ queryKey: ['models'], queryFn: () => dataOf(api.GET('/api/v1/models')) });

export const useModel = (version: string) =>
  useQuery({
    queryKey: ['models', version],
    queryFn: () => dataOf(api.GET('/api/v1/models/{version}', path(version))),
  });

export const useActivities = (version: string) =>
  useQuery({
    queryKey: ['models', version, 'activities'],
    queryFn: () => dataOf(api.GET('/api/v1/models/{version}/activities', path(version))),
  });

/** How far the shadow is, asked every second while it runs; null without one. */
export const useShadow = (version: string) =>
  useQuery({
    queryKey: ['models', version, 'shadow'],
    queryFn: async () => {
      try {
        return await dataOf(api.GET('/api/v1/models/{version}/shadow', path(version)));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? whileRunningMs : false),
  });

export const useDifferences = (version: string, isReady: boolean) =>
  useQuery({
    queryKey: ['models', version, 'differences'],
    queryFn: () => dataOf(api.GET('/api/v1/models/{version}/differences', path(version))),
    enabled: isReady,
  });

export const useDryRun = (version: string, customerId: string | undefined) =>
  useQuery({
    queryKey: ['models', version, 'dry-run', customerId],
    queryFn: () =>
      dataOf(
        api.POST('/api/v1/models/{version}/dry-run', { ...path(version), body: { customerId: customerId ?? '' } }),
      ),
    enabled: customerId !== undefined,
  });

type Step = 'shadow' | 'shadow/pause' | 'shadow/resume' | 'promote';

/** Moves a model on. */
export const move = (version: string, step: Step): Promise<unknown> =>
  dataOf(api.POST(`/api/v1/models/{version}/${step}` as '/api/v1/models/{version}/promote', path(version)));

export const removeShadow = (version: string): Promise<unknown> =>
  dataOf(api.DELETE('/api/v1/models/{version}/shadow', path(version)));

export const removeModel = (version: string): Promise<unknown> =>
  dataOf(api.DELETE('/api/v1/models/{version}', path(version)));
