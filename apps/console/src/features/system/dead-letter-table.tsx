import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { Ask } from '../../ui/ask.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Scroll } from '../../ui/scroll.tsx';
import { showDone, showError } from '../../ui/show-error.ts';
import type { DeadLetterCount } from './read-system.ts';

/** Messages that a service could not process, by group and topic. They can be processed again or removed. */
export function DeadLetterTable({ counts }: { readonly counts: readonly DeadLetterCount[] }) {
  const { t } = useTranslation('system');
  const formats = useFormats();
  if (counts.length === 0) return <Empty title={t('dead-letters')} text={t('no-dead-letters')} />;
  return (
    <section>
      <Title order={2}>{t('dead-letters')}</Title>
      <Text c="dimmed" size="sm" mb="xs">
        {t('dead-letters-why')}
      </Text>
      <Scroll label={t('dead-letters')}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('group')}</Table.Th>
              <Table.Th>{t('topic')}</Table.Th>
              <Table.Th ta="right">{t('messages')}</Table.Th>
              <Table.Th aria-label={t('actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {counts.map((letters) => (
              <Table.Tr key={`${letters.group} ${letters.topic}`}>
                <Table.Td>{letters.group}</Table.Td>
                <Table.Td>{letters.topic}</Table.Td>
                <Table.Td ta="right">{formats.count(letters.count)}</Table.Td>
                <Table.Td>
                  <Actions letters={letters} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </section>
  );
}

function Actions({ letters: { group, topic, count, prefix } }: { readonly letters: DeadLetterCount }) {
  const { t } = useTranslation('system');
  const client = useQueryClient();
  const baseUrl = location.origin + prefix;
  const settled = {
    onError: showError,
    onSettled: () => client.invalidateQueries({ queryKey: ['system'] }),
  };
  const redrive = useMutation({
    mutationFn: () => dataOf(api.POST('/api/v1/dead-letters/redrive', { baseUrl, body: { group, topic } })),
    onSuccess: ({ redriven }) => showDone(t('redriven', { count: redriven })),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/api/v1/dead-letters', { baseUrl, params: { query: { group, topic } } })),
    onSuccess: ({ removed }) => showDone(t('removed', { count: removed })),
    ...settled,
  });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={redrive.isPending} onClick={() => redrive.mutate()}>
        {t('redrive')}
      </Button>
      <Ask
        button={t('remove')}
        question={t('remove-sure', { count, group })}
        consequence={t('remove-why')}
        isBusy={remove.isPending}
        onYes={() => remove.mutate()}
      />
    </Group>
  );
}
