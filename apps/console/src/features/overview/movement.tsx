import { Anchor, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../pictures/elements.ts';
import { useFormats } from '../../ui/formats.ts';
import type { Mover, Movers } from './overview-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

/** Causes that have a row of their own; the list is by size. */
const mostCauses = 8;
const mostCustomers = 5;

/** What moved the mean of an element, and who moved most. */
export function Movement({
  movers: { mean, causes, fell, rose },
  days,
}: {
  readonly movers: Movers;
  readonly days: number;
}) {
  const { t, i18n } = useTranslation('overview');
  const names = useNames();
  const formats = useFormats();
  return (
    <Stack gap="lg">
      <div>
        <Title order={3} size="h5" mb="xs">
          {mean === null ? t('why-unknown') : t('why', { change: formats.change(mean.change), number: days })}
        </Title>
        {causes.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('no-causes')}
          </Text>
        ) : (
          <Table miw={0}>
            <Table.Tbody>
              {causes.slice(0, mostCauses).map(({ name, because, count, contribution }) => (
                <Table.Tr key={`${name} ${because?.en ?? ''}`}>
                  <Table.Td>
                    {because ? inLanguage(because, i18n.language) : names.contribution(name)}
                    {count > 0 && (
                      <Text span size="sm" c="dimmed">
                        {' '}
                        {t('times', { number: formats.count(count) })}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td ta="end" style={{ color: contribution < 0 ? 'var(--picture-bad)' : 'var(--picture-good)' }}>
                    {formats.change(contribution)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </div>
      <MostMoved title={t('fell')} movers={fell} />
      <MostMoved title={t('rose')} movers={rose} />
    </Stack>
  );
}

function MostMoved({ title, movers }: { readonly title: string; readonly movers: readonly Mover[] }) {
  const formats = useFormats();
  if (movers.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <Table miw={0}>
        <Table.Tbody data-walk>
          {movers.slice(0, mostCustomers).map(({ customerId, before, now, change }) => (
            <Table.Tr key={customerId} data-row>
              <Table.Td>
                <Anchor component={Link} to={`/customers/${customerId}`} size="sm">
                  {customerId.slice(-8)}
                </Anchor>
              </Table.Td>
              <Table.Td ta="end" c="dimmed">
                {formats.score(before)} → {formats.score(now)}
              </Table.Td>
              <Table.Td ta="end">{formats.change(change)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
