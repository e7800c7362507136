import { Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { LiveView } from './live-view.tsx';
import { RejectedCounts } from './rejected-counts.tsx';
import { RejectedList } from './rejected-list.tsx';
import { useSources } from './source-queries.ts';
import { SourceTable } from './source-table.tsx';

const route = getRouteApi('/sources');

/** Where events come from, how they arrive at the moment, and which were refused. */
export function SourcesPage() {
  const { t } = useTranslation('sources');
  const search = route.useSearch();
  const sources = useSources();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Read query={sources}>
        {({ items }) => {
          const open = items.find(({ id }) => id === search.source);
          return (
            <Stack gap="xl">
              <SourceTable sources={items} openId={open?.id} />
              {open && <LiveView key={open.id} source={open} />}
              <RejectedCounts source={open} code={search.code} />
              {search.code !== undefined && <RejectedList search={search} />}
            </Stack>
          );
        }}
      </Read>
    </Page>
  );
}
