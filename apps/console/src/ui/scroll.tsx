import { ScrollArea } from '@mantine/core';
import type { ReactNode } from 'react';

/** A wide table, which scrolls by itself on a narrow screen, by keyboard as well. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      {children}
    </ScrollArea>
  );
}
