import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { Empty } from '../../ui/empty.tsx';
import { useFormats } from '../../ui/formats.ts';
import { RedriveOrRemove } from '../../ui/redrive-or-remove.tsx';
import { Scroll } from '../../ui/scroll.tsx';
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
  const baseUrl = location.origin + prefix;
  return (
    <RedriveOrRemove
      words={{
        redrive: t('redrive'),
        remove: t('remove'),
        question: t('remove-sure', { count, group }),
        consequence: t('remove-why'),
      }}
      queryKey={['system']}
      redrive={async () => {
        const body = { group, topic };
        const { redriven } = await dataOf(api.POST('/api/v1/dead-letters/redrive', { baseUrl, body }));
        return t('redriven', { count: redriven });
      }}
      remove={async () => {
        const params = { query: { group, topic } };
        const { removed } = await dataOf(api.DELETE('/api/v1/dead-letters', { baseUrl, params }));
        return t('removed', { count: removed });
      }}
    />
  );
}
