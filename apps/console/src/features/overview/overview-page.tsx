import { Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Element, elements } from '../../pictures/elements.ts';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { useUrlState } from '../../ui/use-url-state.ts';
import { useAudiences } from '../audiences/audience-queries.ts';
import { ElementDetail } from './element-detail.tsx';
import { Headline } from './headline.tsx';
import { type Movers, useMovers, useSummary } from './overview-queries.ts';
import { channels, windows, type OverviewSearch, validateOverviewSearch } from './overview-search.ts';
import { PopulationRows } from './population-rows.tsx';
import { useNames } from '../../pictures/use-names.ts';

/** How the relationship with all customers stands, what has changed lately, and why. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const [{ element, days = 7, channel, audience }, change] = useUrlState(validateOverviewSearch);
  const summary = useSummary(channel, audience);
  const movers = useMovers(days);
  const known = movers.flatMap(({ data }) => (data ? [data] : []));
  const chosen = element ?? mostMoved(known) ?? 'trust';
  const movement = movers[elements.indexOf(chosen)]!;
  return (
    <Page title={t('title')} actions={<Filters channel={channel} audience={audience} onChange={change} />}>
      <Read query={summary}>
        {(found) =>
          found.customers === 0 ? (
            <Empty title={t('nobody')} text={t(channel || audience ? 'nobody-here' : 'nobody-yet')}>
              {!channel && !audience && <code>npm run demo</code>}
            </Empty>
          ) : (
            <Stack gap="xl">
              <Headline summary={found} />
              <Stack gap="xs">
                <Group justify="flex-end">
                  <SegmentedControl
                    size="xs"
                    aria-label={t('window')}
                    value={String(days)}
                    onChange={(value) => change({ days: Number(value) as OverviewSearch['days'] })}
                    data={windows.map((window) => ({ value: String(window), label: t('days', { number: window }) }))}
                  />
                </Group>
                <PopulationRows
                  summary={found}
                  movers={known}
                  days={days}
                  selected={chosen}
                  onSelect={(value) => change({ element: value })}
                />
              </Stack>
              <ElementDetail element={chosen} summary={found.elements[chosen]} movement={movement} days={days} />
            </Stack>
          )
        }
      </Read>
    </Page>
  );
}

/** The element whose mean has moved most. */
function mostMoved(movers: readonly Movers[]): Element | undefined {
  const size = ({ mean }: Movers) => Math.abs(mean?.change ?? 0);
  return movers.toSorted((one, other) => size(other) - size(one))[0]?.element;
}

interface FiltersProps extends Pick<OverviewSearch, 'channel' | 'audience'> {
  readonly onChange: (change: Partial<OverviewSearch>) => void;
}

function Filters({ channel, audience, onChange }: FiltersProps) {
  const { t } = useTranslation('overview');
  const names = useNames();
  const audiences = useAudiences();
  return (
    <Group gap="xs">
      <Select
        size="sm"
        w={160}
        clearable
        aria-label={t('channel')}
        placeholder={t('every-channel')}
        data={channels.map((one) => ({ value: one, label: names.channel(one) }))}
        value={channel ?? null}
        onChange={(chosen) => onChange({ channel: (chosen ?? undefined) as OverviewSearch['channel'] })}
      />
      <Select
        size="sm"
        w={200}
        clearable
        searchable
        aria-label={t('audience')}
        placeholder={t('every-customer')}
        data={(audiences.data?.items ?? []).map(({ audienceId, name }) => ({ value: audienceId, label: name }))}
        value={audience ?? null}
        onChange={(chosen) => onChange({ audience: chosen ?? undefined })}
      />
    </Group>
  );
}
