import { useQuery } from '@tanstack/react-query';
import { api, ApiError, dataOf } from './client.ts';
import { noteSignedIn } from './ended-session.ts';
import type { components } from './openapi.d.ts';
import { queries } from './queries.ts';

export type Session = components['schemas']['Session'];
export type Role = Session['role'];

const queryKey = ['session'];

async function readSession(): Promise<Session | null> {
  try {
    return await dataOf(api.GET('/api/v1/sessions/current'));
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 404)) return null;
    throw error;
  }
}

/** Who has signed in; null for nobody. */
export const useSession = () => useQuery({ queryKey, queryFn: readSession, staleTime: Infinity });

/** Signs in. Pages that are open keep what was typed, and ask again for what they show. */
export async function signIn(apiKey: string): Promise<void> {
  const session = await dataOf(api.POST('/api/v1/sessions', { body: { apiKey } }));
  queries.setQueryData(queryKey, session);
  noteSignedIn();
  await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
}

/** Signs out, and forgets what was read. */
export async function signOut(): Promise<void> {
  await dataOf(api.DELETE('/api/v1/sessions/current'));
  noteSignedIn();
  queries.setQueryData(queryKey, null);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
}
