import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Scroll } from '../../ui/scroll.tsx';
import type { Lag } from './read-system.ts';

/** How many messages each group has still to read. */
export function LagTable({ lag }: { readonly lag: readonly Lag[] }) {
  const { t } = useTranslation('system');
  const formats = useFormats();
  if (lag.length === 0) return <Empty title={t('lag')} text={t('no-groups')} />;
  const rows = [...lag].sort((a, b) => a.group.localeCompare(b.group) || a.topic.localeCompare(b.topic));
  return (
    <section>
      <Title order={2}>{t('lag')}</Title>
      <Text c="dimmed" size="sm" mb="xs">
        {t('lag-why')}
      </Text>
      <Scroll label={t('lag')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('group')}</Table.Th>
              <Table.Th>{t('topic')}</Table.Th>
              <Table.Th ta="right">{t('messages')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ group, topic, messages }) => (
              <Table.Tr key={`${group} ${topic}`}>
                <Table.Td>{group}</Table.Td>
                <Table.Td>{topic}</Table.Td>
                <Table.Td ta="right">{formats.count(messages)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </section>
  );
}
