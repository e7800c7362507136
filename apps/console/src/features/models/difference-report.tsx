import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { elements } from '../../pictures/elements.ts';
import { useFormats } from '../../ui/formats.ts';
import { Scroll } from '../../ui/scroll.tsx';
import { ChangeRange } from './change-range.tsx';
import type { Differences } from './model-queries.ts';

/** Who moves, by how much, and why. */
export function DifferenceReport({ differences }: { readonly differences: Differences }) {
  const { t, i18n } = useTranslation('models');
  const formats = useFormats();
  const { before, after, compared, share, scores, loyal, movers } = differences;
  const names = ['overall', ...elements] as const;
  const furthest = Math.max(
    1,
    ...names.flatMap((name) => [scores[name].change?.p5 ?? 0, scores[name].change?.p95 ?? 0]).map(Math.abs),
  );
  const loyalShare = (value: number | null) => (value === null ? t('not-defined') : formats.share(value));
  return (
    <Stack gap="xl">
      <section>
        <Title order={2}>{t('differences', { before, after })}</Title>
        <Text c="dimmed" size="sm" mb="xs">
          {t('compared', { count: compared, number: formats.count(compared), share: formats.share(share) })}{' '}
          {t('loyal', { before: loyalShare(loyal.before), after: loyalShare(loyal.after) })}
        </Text>
        <Scroll label={t('differences', { before, after })}>
          <Table miw={720}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('score')}</Table.Th>
                <Table.Th ta="right">{t('moved')}</Table.Th>
                <Table.Th ta="right">{t('mean-change')}</Table.Th>
                <Table.Th>{t('most-changes')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((name) => (
                <Table.Tr key={name}>
                  <Table.Td>{t(`element.${name}`)}</Table.Td>
                  <Table.Td ta="right">
                    {t('of', { part: formats.count(scores[name].moved), whole: formats.count(scores[name].customers) })}
                  </Table.Td>
                  <Table.Td ta="right">{scores[name].change ? formats.change(scores[name].change.mean) : '–'}</Table.Td>
                  <Table.Td>
                    {scores[name].change && <ChangeRange change={scores[name].change} furthest={furthest} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      </section>
      <section>
        <Title order={2} mb="xs">
          {t('movers')}
        </Title>
        {movers.length === 0 ? (
          <Text>{t('no-movers')}</Text>
        ) : (
          <Scroll label={t('movers')}>
            <Table miw={720}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('customer')}</Table.Th>
                  <Table.Th ta="right">{t('overall-change')}</Table.Th>
                  <Table.Th>{t('why')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {movers.map(({ customerId, before: from, after: to, element, reasons }) => (
                  <Table.Tr key={customerId}>
                    <Table.Td ff="monospace">{customerId}</Table.Td>
                    <Table.Td ta="right">
                      {formats.score(from)} → {formats.score(to)}
                    </Table.Td>
                    <Table.Td>
                      {t(`element.${element}`)}:{' '}
                      {reasons
                        .slice(0, 3)
                        .map(
                          ({ name, change }) =>
                            `${i18n.exists(`models:part.${name}`) ? t(`part.${name}`) : name} ${formats.change(change)}`,
                        )
                        .join(', ')}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        )}
      </section>
    </Stack>
  );
}
