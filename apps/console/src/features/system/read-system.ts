import { useQuery } from '@tanstack/react-query';
import { api, ApiError, dataOf } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { useSession } from '../../api/session.ts';

export interface Lag {
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
}
export type DeadLetterCount = components['schemas']['DeadLetterCount'] & { readonly prefix: string };

/** One process: all services behind one address, or one of them. */
export interface Process {
  /** The path of its routes for operators: empty, or such as `/profile` at the gateway. */
  readonly prefix: string;
  /** What it waits for, with the reasons; undefined if it does not answer. */
  readonly missing: Readonly<Record<string, string>> | undefined;
}

export interface System {
  readonly processes: readonly Process[];
  readonly lag: readonly Lag[];
  readonly counts: Readonly<Record<string, number>>;
  /** Undefined for whoever may not read dead letters. */
  readonly deadLetters: readonly DeadLetterCount[] | undefined;
}

const services = ['ingest', 'profile', 'scoring', 'offers'];
const everyMs = 5_000;

/** The state of all processes, read every five seconds. */
export function useSystem() {
  const isAdmin = useSession().data?.role === 'admin';
  return useQuery({
    queryKey: ['system', isAdmin],
    queryFn: () => readSystem(isAdmin),
    refetchInterval: everyMs,
  });
}

type Stats = { readonly lag: readonly Lag[] } & Readonly<Record<string, number | readonly Lag[]>>;
const statsAt = async (prefix: string) =>
  (await dataOf(api.GET('/api/v1/stats', { baseUrl: location.origin + prefix }))) as Stats;

/** `npm start` counts everything in one process. The gateway has each service under a path of its own. */
async function readSystem(isAdmin: boolean): Promise<System> {
  const first = await statsAt('');
  const isWhole = 'received' in first && 'customers' in first && 'offers' in first;
  const prefixes = isWhole ? [''] : services.map((service) => `/${service}`);
  const stats = isWhole ? [first] : await Promise.all(prefixes.map((prefix) => statsAt(prefix).catch(() => nothing)));
  const [processes, letters] = await Promise.all([
    Promise.all(prefixes.map(processAt)),
    isAdmin ? Promise.all(prefixes.map(lettersAt)) : undefined,
  ]);
  const numbers = stats.flatMap((one) => Object.entries(one).filter(([, value]) => typeof value === 'number'));
  return {
    processes,
    lag: stats.flatMap(({ lag }) => lag),
    counts: Object.fromEntries(numbers) as Record<string, number>,
    deadLetters: letters?.flat(),
  };
}
const nothing: Stats = { lag: [] };

async function processAt(prefix: string): Promise<Process> {
  const { data, error } = await api
    .GET('/health/ready', { baseUrl: location.origin + prefix })
    .catch(() => ({ data: undefined, error: undefined }));
  if (data) return { prefix, missing: {} };
  return { prefix, missing: (error as { missing?: Record<string, string> } | undefined)?.missing };
}

async function lettersAt(prefix: string): Promise<DeadLetterCount[]> {
  try {
    const { counts } = await dataOf(
      api.GET('/api/v1/dead-letters', { baseUrl: location.origin + prefix, params: { query: { limit: 1 } } }),
    );
    return counts.map((count) => ({ ...count, prefix }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 503) return [];
    throw error;
  }
}
