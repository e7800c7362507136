import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly text: string;
  /** The button or the command for it. */
  readonly children?: ReactNode;
}

/** Stands where something will be. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <Stack align="flex-start" gap="xs" py="lg" maw={560}>
      <Title order={2}>{title}</Title>
      <Text c="dimmed">{text}</Text>
      {children}
    </Stack>
  );
}
