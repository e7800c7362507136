import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

interface AskProps {
  /** What the button says, here and in the dialog. */
  readonly button: string;
  readonly question: string;
  /** What changes, and whether it can be taken back. */
  readonly consequence: string;
  readonly isBusy?: boolean;
  /** Whether something is lost by it. */
  readonly isHarmless?: boolean;
  readonly onYes: () => void;
}

/** A button that says first what it changes. */
export function Ask({ button, question, consequence, isBusy = false, isHarmless = false, onYes }: AskProps) {
  const { t } = useTranslation('ui');
  const [isOpen, dialog] = useDisclosure();
  return (
    <>
      <Button size="compact-sm" variant="default" loading={isBusy} onClick={dialog.open}>
        {button}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={question} closeButtonProps={{ 'aria-label': t('close') }}>
        <Stack>
          <Text size="sm">{consequence}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {t('cancel')}
            </Button>
            <Button
              color={isHarmless ? undefined : 'red'}
              onClick={() => {
                dialog.close();
                onYes();
              }}
            >
              {button}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
