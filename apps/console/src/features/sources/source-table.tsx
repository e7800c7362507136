import { Badge, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import type { Source } from './source-queries.ts';
import { TextLink } from '../../ui/text-link.tsx';

interface SourceTableProps {
  readonly sources: readonly Source[];
  readonly openId: string | undefined;
}

/** All sources. One of them can be opened: its live view is below. */
export function SourceTable({ sources, openId }: SourceTableProps) {
  const { t } = useTranslation('sources');
  return (
    <Scroll label={t('title')}>
      <Table verticalSpacing="xs" highlightOnHover data-walk>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('channel')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
            <Table.Th>{t('keys')}</Table.Th>
            <Table.Th>{t('since')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((source) => (
            <Table.Tr key={source.id} data-row bg={source.id === openId ? 'var(--mantine-color-default-hover)' : ''}>
              <Table.Td>
                <TextLink
                  to="/sources"
                  search={{ source: source.id }}
                  aria-current={source.id === openId ? 'true' : undefined}
                >
                  {source.name}
                </TextLink>
              </Table.Td>
              <Table.Td>{t(`channels.${source.channel}`)}</Table.Td>
              <Table.Td>
                <States source={source} />
              </Table.Td>
              <Table.Td>{source.keys.map(({ kind, hint }) => `${t(`key-kind.${kind}`)} …${hint}`).join(', ')}</Table.Td>
              <Table.Td>
                <Instant at={source.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function States({ source: { isPaused, isStrict } }: { readonly source: Source }) {
  const { t } = useTranslation('sources');
  return (
    <Group gap={4} wrap="nowrap">
      <Badge variant="default" tt="none">
        {t(isPaused ? 'is-paused' : 'is-active')}
      </Badge>
      {isStrict && (
        <Badge variant="default" tt="none">
          {t('is-strict')}
        </Badge>
      )}
    </Group>
  );
}
