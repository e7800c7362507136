import { useSyncExternalStore } from 'react';

let isEnded = false;
const listeners = new Set<() => void>();

function set(value: boolean): void {
  if (isEnded === value) return;
  isEnded = value;
  for (const listener of listeners) listener();
}

/** A request was answered with 401: the page stays as it is, and asks to sign in again. */
export const noteSessionEnded = () => set(true);
export const noteSignedIn = () => set(false);

/** Whether the session has ended while a page was open. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isEnded,
  );
}
