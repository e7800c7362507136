import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import { Scroll } from '../../ui/scroll.tsx';
import type { RuleDifference } from './model-queries.ts';

/** Less than this is rounding. */
const smallest = 0.05;

/** What each activity contributes under both models, where that differs. */
export function RuleDifferences({ rules }: { readonly rules: readonly RuleDifference[] }) {
  const { t, i18n } = useTranslation('models');
  const formats = useFormats();
  const rows = rules.filter(({ change }) => Math.abs(change) >= smallest);
  if (rows.length === 0) return <Text>{t('no-difference')}</Text>;
  // A base is a score, not a change.
  const part = (name: string, points: number) => (name === 'base' ? formats.score(points) : formats.change(points));
  return (
    <Scroll label={t('why')}>
      <Table miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('score')}</Table.Th>
            <Table.Th>{t('activity')}</Table.Th>
            <Table.Th ta="right">{t('live-now')}</Table.Th>
            <Table.Th ta="right">{t('this-model')}</Table.Th>
            <Table.Th ta="right">{t('change')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ element, name, because, before, after, change }) => (
            <Table.Tr key={`${element} ${name}`}>
              <Table.Td>{t(`element.${element}`)}</Table.Td>
              <Table.Td>
                <Text size="sm">{i18n.exists(`models:part.${name}`) ? t(`part.${name}`) : name}</Text>
                {because && (
                  <Text size="xs" c="dimmed">
                    {(because as Readonly<Record<string, string>>)[i18n.language] ?? because.en}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{part(name, before.contribution)}</Table.Td>
              <Table.Td ta="right">{part(name, after.contribution)}</Table.Td>
              <Table.Td ta="right">
                <Text size="sm" fw={600}>
                  {formats.change(change)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
