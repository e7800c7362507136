import { SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import { useRates } from './rates.ts';

/** In the order in which an event meets them. What is not listed follows. */
const order = ['received', 'accepted', 'incomplete', 'rejected', 'duplicate', 'activities', 'customers'];

interface CountTableProps {
  readonly counts: Readonly<Record<string, number>>;
  /** When they were read, in milliseconds since 1970. */
  readonly at: number;
}

/** What was counted so far, and how many per second at the moment. */
export function CountTable({ counts, at }: CountTableProps) {
  const { t, i18n } = useTranslation('system');
  const formats = useFormats();
  const rates = useRates(counts, at);
  const names = [...new Set([...order.filter((name) => name in counts), ...Object.keys(counts).sort()])];
  const titleOf = (name: string) => (i18n.exists(`system:count.${name}`) ? t(`count.${name}`) : name);
  return (
    <section>
      <Title order={2}>{t('counts')}</Title>
      <Text c="dimmed" size="sm" mb="xs">
        {t('counts-why')}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="lg">
        {names.map((name) => (
          <div key={name}>
            <Text size="sm" c="dimmed">
              {titleOf(name)}
            </Text>
            <Text size="lg" fw={600}>
              {formats.count(counts[name]!)}
            </Text>
            <Text size="xs" c="dimmed">
              {rates ? t('per-second', { rate: formats.small(Math.max(0, rates[name] ?? 0)) }) : ' '}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </section>
  );
}
