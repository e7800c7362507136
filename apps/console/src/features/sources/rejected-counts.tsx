import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import { Read } from '../../ui/read.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { RejectedActions } from './rejected-actions.tsx';
import { type Source, useRejectedCounts } from './source-queries.ts';
import { TextLink } from '../../ui/text-link.tsx';

interface RejectedCountsProps {
  /** Undefined for all sources. */
  readonly source: Source | undefined;
  readonly code: string | undefined;
}

/** Rejected events by source and code, each with what to do about it. */
export function RejectedCounts({ source, code: openCode }: RejectedCountsProps) {
  const { t, i18n } = useTranslation('sources');
  const formats = useFormats();
  const counts = useRejectedCounts(source?.id);
  const fixOf = (code: string) => (i18n.exists(`sources:fix.${code}`) ? t(`fix.${code}`) : t('fix.other'));
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{source ? t('rejected-of', { name: source.name }) : t('rejected')}</Title>
        {source && (
          <TextLink to="/sources" size="sm">
            {t('all-sources')}
          </TextLink>
        )}
      </Group>
      <Text c="dimmed" size="sm" mb="xs">
        {t('rejected-why')}
      </Text>
      <Read query={counts}>
        {(rows) =>
          rows.length === 0 ? (
            <Text>{t('rejected-none')}</Text>
          ) : (
            <Scroll label={t('rejected')}>
              <Table verticalSpacing="xs" miw={760} data-walk>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('code')}</Table.Th>
                    <Table.Th>{t('source')}</Table.Th>
                    <Table.Th ta="right">{t('events')}</Table.Th>
                    <Table.Th>{t('fix-title')}</Table.Th>
                    <Table.Th aria-label={t('actions')} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map(({ source: name, sourceId, code, count }) => (
                    <Table.Tr key={`${sourceId} ${code}`} data-row>
                      <Table.Td>
                        <TextLink
                          to="/sources"
                          search={{ source: sourceId, code }}
                          aria-current={code === openCode ? 'true' : undefined}
                        >
                          {code}
                        </TextLink>
                      </Table.Td>
                      <Table.Td>{name}</Table.Td>
                      <Table.Td ta="right">{formats.count(count)}</Table.Td>
                      <Table.Td>{fixOf(code)}</Table.Td>
                      <Table.Td>
                        <RejectedActions sourceId={sourceId} code={code} count={count} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )
        }
      </Read>
    </section>
  );
}
