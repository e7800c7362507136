import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** One sentence: what the page shows. */
  readonly lead?: string;
  /** What can be done on it, beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its title, which is also that of the window. */
export function Page({ title, lead, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Sestante`);
  return (
    <Stack gap="lg" maw={1200}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1}>{title}</Title>
          {lead && (
            <Text c="dimmed" mt={4} maw={720}>
              {lead}
            </Text>
          )}
        </div>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}
