import { useState } from 'react';

/** A text that is being edited. It outlives the page and a reload, until it is saved or taken back. */
export function useDraftText(name: string, stored: string) {
  const key = `sestante-draft ${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? stored);
  return {
    text,
    setText(typed: string) {
      sessionStorage.setItem(key, typed);
      setText(typed);
    },
    forget() {
      sessionStorage.removeItem(key);
      setText(stored);
    },
  };
}
