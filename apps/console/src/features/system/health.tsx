import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import type { DeadLetterCount, Lag, Process } from './read-system.ts';

interface HealthProps {
  readonly processes: readonly Process[];
  readonly lag: readonly Lag[];
  readonly deadLetters: readonly DeadLetterCount[] | undefined;
}

/** One sentence: all is well, or what is not. */
export function Health({ processes, lag, deadLetters = [] }: HealthProps) {
  const { t } = useTranslation('system');
  const formats = useFormats();
  const faults = processes.flatMap(({ prefix, missing }) =>
    missing === undefined
      ? [t('no-answer', { name: prefix.slice(1) })]
      : Object.entries(missing).map(([name, reason]) => t('waits-for', { name, reason })),
  );
  const behind = lag.reduce((sum, { messages }) => sum + messages, 0);
  const letters = deadLetters.reduce((sum, { count }) => sum + count, 0);
  if (letters > 0) faults.push(t('has-dead-letters', { count: letters, number: formats.count(letters) }));
  const isDown = processes.some(({ missing }) => missing === undefined || Object.keys(missing).length > 0);
  const color = isDown ? 'red' : letters > 0 ? 'orange' : 'teal';
  return (
    <Alert
      color={color}
      variant="light"
      title={t(isDown ? 'is-down' : letters > 0 ? 'needs-you' : 'is-up')}
      role="status"
    >
      {faults.map((fault) => (
        <Text key={fault} size="sm">
          {fault}
        </Text>
      ))}
      <Text size="sm">
        {behind === 0 ? t('up-to-date') : t('behind', { count: behind, number: formats.count(behind) })}
      </Text>
    </Alert>
  );
}
