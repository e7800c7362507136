import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Logo } from './logo.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Stands in place of every page until somebody signs in: the address stays, and opens after that. */
export function SignInPage() {
  const { t } = useTranslation('shell');
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w={380} maw="100%">
        <Stack>
          <Logo />
          <Title order={1}>{t('sign-in')}</Title>
          <Text size="sm" c="dimmed">
            {t('sign-in-why')}
          </Text>
          <SignInForm />
        </Stack>
      </Paper>
    </Center>
  );
}
