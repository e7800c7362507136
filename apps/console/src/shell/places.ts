import type { Role } from '../api/session.ts';

/** A place in the side bar. */
export interface Place {
  /** The key of its name, in the words of the shell. */
  readonly name: string;
  readonly to: '/overview' | '/customers' | '/audiences' | '/models' | '/sources' | '/system';
  /** Who may see it. Administrators may see every place. */
  readonly roles: readonly Role[];
}

/** The places in their order. */
export const places: readonly Place[] = [
  { name: 'overview', to: '/overview', roles: ['marketing'] },
  { name: 'customers', to: '/customers', roles: ['marketing', 'clerk'] },
  { name: 'audiences', to: '/audiences', roles: ['marketing'] },
  { name: 'models', to: '/models', roles: ['marketing'] },
  { name: 'sources', to: '/sources', roles: [] },
  { name: 'system', to: '/system', roles: ['marketing'] },
];

export const placesOf = (role: Role): readonly Place[] =>
  places.filter(({ roles }) => role === 'admin' || roles.includes(role));
