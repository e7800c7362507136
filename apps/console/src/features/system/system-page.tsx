import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { CountTable } from './count-table.tsx';
import { DeadLetterTable } from './dead-letter-table.tsx';
import { Health } from './health.tsx';
import { LagTable } from './lag-table.tsx';
import { useSystem } from './read-system.ts';

/** Whether everything runs, how far behind it is, and what could not be processed. */
export function SystemPage() {
  const { t } = useTranslation('system');
  const system = useSystem();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Read query={system}>
        {({ processes, lag, counts, deadLetters }) => (
          <Stack gap="xl">
            <Health processes={processes} lag={lag} deadLetters={deadLetters} />
            <LagTable lag={lag} />
            {deadLetters && <DeadLetterTable counts={deadLetters} />}
            <CountTable counts={counts} at={system.dataUpdatedAt} />
          </Stack>
        )}
      </Read>
    </Page>
  );
}
