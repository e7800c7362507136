import { Anchor, Grid, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Element, fallingFrom } from '../../pictures/elements.ts';
import { Histogram } from '../../pictures/histogram.tsx';
import { TrendChart } from '../../pictures/trend-chart.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Read } from '../../ui/read.tsx';
import { Movement } from './movement.tsx';
import { type ElementSummary, type Movers, quartilesOf, useTrend } from './overview-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

interface ElementDetailProps {
  readonly element: Element;
  readonly summary: ElementSummary;
  readonly movement: UseQueryResult<Movers>;
  readonly days: number;
}

/** One element over all customers: what moved it, its last 90 days, and how it is spread. */
export function ElementDetail({ element, summary, movement, days }: ElementDetailProps) {
  const { t } = useTranslation('overview');
  const names = useNames();
  const name = names.element(element);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2}>{name}</Title>
        <Text c="dimmed">{names.question(element)}</Text>
        <Falling element={element} count={summary.falling} />
      </div>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Read query={movement}>{(movers) => <Movement movers={movers} days={days} />}</Read>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack gap="xl">
            <div>
              <Title order={3} size="h5" mb="xs">
                {t('trend')}
              </Title>
              <Trend element={element} />
            </div>
            <div>
              <Title order={3} size="h5" mb="xs">
                {t('spread')}
              </Title>
              <Histogram counts={summary.histogram} quartiles={quartilesOf(summary)} tooLittle={summary.tooLittle} />
            </div>
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

/** Who needs something from us today. */
function Falling({ element, count }: { readonly element: Element; readonly count: number }) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  if (count === 0) return null;
  const search = {
    rule: { field: `${element}.drop`, operator: 'at-least', value: fallingFrom },
    sort: `${element}.drop`,
    order: 'desc',
    part: 'drop',
  };
  return (
    <Anchor component={Link} to="/customers" search={search as never}>
      {t('falling', { number: formats.count(count) })}
    </Anchor>
  );
}

function Trend({ element }: { readonly element: Element }) {
  const { t } = useTranslation('overview');
  return (
    <div style={{ minHeight: 200 }}>
      <Read query={useTrend(element)}>
        {({ items }) =>
          items.length < 2 ? (
            <Text size="sm" c="dimmed">
              {t('trend-begins')}
            </Text>
          ) : (
            <TrendChart points={items} />
          )
        }
      </Read>
    </div>
  );
}
