import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client.ts';
import { sentenceOf } from './sentence-of.ts';

/** What went wrong, and a button to try again. */
export function Fault({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation('ui');
  return (
    <Alert color="red" variant="light" title={t('fault')} my="md" role="alert" maw={720}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{sentenceOf(error)}</Text>
        <Group gap="sm">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {error instanceof ApiError && error.status > 0 && (
            <Code>
              {error.status} {error.code}
            </Code>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
