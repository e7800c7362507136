import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

/** Moves between the rows of the table or list that is marked with `data-walk`. */
function walk(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-walk] [data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  (next?.querySelector<HTMLElement>('a, button') ?? next)?.focus();
}

const search = () => document.querySelector<HTMLInputElement>('main input[type=search]')?.focus();

/** The keys of every page, and the list of them. They do nothing while one types. */
export function Keys() {
  const { t } = useTranslation('shell');
  const [isShown, list] = useDisclosure();
  useHotkeys([
    ['/', search],
    ['shift+?', list.toggle],
    ['?', list.toggle],
    ['j', () => walk(1)],
    ['k', () => walk(-1)],
  ]);
  const keys = [
    ['/', t('key.search')],
    ['j', t('key.next')],
    ['k', t('key.previous')],
    ['?', t('key.list')],
  ] as const;
  return (
    <Modal opened={isShown} onClose={list.close} title={t('keys')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="xs">
        {keys.map(([key, does]) => (
          <Group key={key}>
            <Kbd miw={32} ta="center">
              {key}
            </Kbd>
            <Text size="sm">{does}</Text>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
