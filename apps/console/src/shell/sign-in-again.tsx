import { Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SignInForm } from './sign-in-form.tsx';

/** Asks to sign in over the open page, which keeps what was typed. */
export function SignInAgain() {
  const { t } = useTranslation('shell');
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('session-ended')}
    >
      <Stack>
        <Text size="sm">{t('session-ended-why')}</Text>
        <SignInForm />
      </Stack>
    </Modal>
  );
}
