import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The type of a search with a rule in it is too deep for the types of the router. */
const readSearch = useSearch as (options: { readonly strict: false }) => Record<string, unknown>;

/**
 * The state of a page, which is in its address. `validate` leaves out what the page does not know: the router adds what stands in the address.
 * Setting an entry to undefined removes it.
 */
export function useUrlState<T extends object>(
  validate: (search: Record<string, unknown>) => T,
): readonly [T, (change: Partial<T>) => void] {
  const state = validate(readSearch({ strict: false }));
  const navigate = useNavigate();
  const change = useCallback(
    (changed: Partial<T>) => {
      const search = (before: object) => ({ ...before, ...changed });
      void navigate({ to: '.', search: search as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return [state, change];
}
