import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/session.ts';
import { sentenceOf } from '../ui/sentence-of.ts';

/** Asks for an API key. */
export function SignInForm() {
  const { t } = useTranslation('shell');
  const [key, setKey] = useState('');
  const signing = useMutation({ mutationFn: signIn });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signing.mutate(key.trim());
      }}
    >
      <Stack>
        <PasswordInput
          label={t('api-key')}
          description={t('api-key-where')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="current-password"
          data-autofocus
          autoFocus
          required
        />
        {signing.isError && (
          <Alert color="red" variant="light" role="alert">
            {sentenceOf(signing.error)}
          </Alert>
        )}
        <Button type="submit" loading={signing.isPending} disabled={key.trim() === ''}>
          {t('sign-in')}
        </Button>
      </Stack>
    </form>
  );
}
