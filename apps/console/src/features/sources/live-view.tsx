import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../ui/scroll.tsx';
import type { Source } from './source-queries.ts';
import { useLive, type Verdict } from './use-live.ts';

const colors = { accepted: 'teal', incomplete: 'yellow', repeated: 'gray', rejected: 'red' } as const;

/** What becomes of each event of a source, while it arrives. */
export function LiveView({ source }: { readonly source: Source }) {
  const { t, i18n } = useTranslation('sources');
  const [isHeld, setHeld] = useState(false);
  const { state, verdicts, waiting } = useLive(source.id, isHeld);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' });
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{t('live', { name: source.name })}</Title>
        <Button size="compact-sm" variant="default" aria-pressed={isHeld} onClick={() => setHeld(!isHeld)}>
          {isHeld ? t('go-on', { count: waiting }) : t('hold')}
        </Button>
      </Group>
      <Text c="dimmed" size="sm" mb="xs" role="status">
        {t(`live-state.${state}`)}
      </Text>
      {verdicts.length === 0 ? (
        <Text>{t('live-none')}</Text>
      ) : (
        <Scroll label={t('live', { name: source.name })}>
          <Table verticalSpacing={6} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('received')}</Table.Th>
                <Table.Th>{t('verdict')}</Table.Th>
                <Table.Th>{t('event')}</Table.Th>
                <Table.Th>{t('remark')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {verdicts.map((verdict) => (
                <Table.Tr key={verdict.number}>
                  <Table.Td>
                    <time dateTime={verdict.receivedAt}>{time.format(new Date(verdict.receivedAt))}</time>
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="dot" color={colors[verdict.verdict]} tt="none">
                      {t(`verdicts.${verdict.verdict}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{verdict.name ?? '–'}</Table.Td>
                  <Table.Td>
                    <Remark verdict={verdict} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </section>
  );
}

/** Why it was rejected, what is wrong with it, or who it is about. */
function Remark({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('sources');
  const { reason, similarTo, violations = [], identifiers = [] } = verdict;
  const sentences = [
    ...(reason === undefined ? [] : [reason]),
    ...violations.map((violation) => violation.reason ?? violation.code),
    ...(similarTo === undefined ? [] : [t('similar', { name: similarTo })]),
  ];
  return (
    <Text size="sm" c={sentences.length > 0 ? undefined : 'dimmed'}>
      {sentences.length > 0 ? sentences.join(' ') : identifiers.join(', ')}
    </Text>
  );
}
