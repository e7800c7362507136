import { Alert, Button, Grid, Group, SegmentedControl, Stack, Tabs, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SixElements } from '../../pictures/six-elements.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { useUrlState } from '../../ui/use-url-state.ts';
import { Consents } from './consents.tsx';
import { useBases, useCustomer, useScores } from './customer-queries.ts';
import { spans, validateCustomerSearch } from './customer-search.ts';
import { Decisions } from './decisions.tsx';
import { ExplainedScore } from './explained-score.tsx';
import { nameOf, WhoIsIt } from './who-is-it.tsx';
import { Notes } from './notes.tsx';
import { Offers } from './offers.tsx';
import { ScoreCurve } from './score-curve.tsx';
import { Timeline } from './timeline.tsx';

/** One customer: who it is, the six scores, why they are so, and what has happened. */
export function CustomerPage() {
  const { t } = useTranslation('customer');
  const { customerId } = useParams({ strict: false }) as { customerId: string };
  const customer = useCustomer(customerId);
  return (
    <Page title={customer.data ? nameOf(customer.data) : t('title')}>
      <Read query={customer}>
        {(found) => (
          <Stack gap="xl">
            <WhoIsIt customer={found} />
            <ScoresAndTimeline customerId={found.customerId} />
            <Tabs defaultValue="offers" keepMounted={false}>
              <Tabs.List>
                {(['offers', 'decisions', 'consents', 'notes'] as const).map((tab) => (
                  <Tabs.Tab key={tab} value={tab}>
                    {t(`tab.${tab}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="offers" pt="md">
                <Offers customerId={found.customerId} />
              </Tabs.Panel>
              <Tabs.Panel value="decisions" pt="md">
                <Decisions customerId={found.customerId} />
              </Tabs.Panel>
              <Tabs.Panel value="consents" pt="md">
                <Consents customerId={found.customerId} />
              </Tabs.Panel>
              <Tabs.Panel value="notes" pt="md">
                <Notes customerId={found.customerId} />
              </Tabs.Panel>
            </Tabs>
          </Stack>
        )}
      </Read>
    </Page>
  );
}

function ScoresAndTimeline({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  const formats = useFormats();
  const [{ element = 'trust', days = 90, at }, change] = useUrlState(validateCustomerSearch);
  /** The instant under the pointer in the curve, in milliseconds since 1970. */
  const [pointed, setPointed] = useState<number>();
  const scores = useScores(customerId, at);
  const bases = useBases(scores.data?.model);
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="lg">
          {at !== undefined && (
            <Alert variant="light" color="gray" py="xs">
              <Group justify="space-between">
                <Text size="sm">{t('then', { at: formats.instant(at) })}</Text>
                <Button size="compact-sm" variant="default" onClick={() => change({ at: undefined })}>
                  {t('now')}
                </Button>
              </Group>
            </Alert>
          )}
          <Read query={scores}>
            {({ elements }) => (
              <SixElements
                scores={elements}
                {...(bases.data && { bases: bases.data })}
                selected={element}
                onSelect={(chosen) => change({ element: chosen })}
              />
            )}
          </Read>
          <ExplainedScore customerId={customerId} element={element} at={at} />
          <Stack gap={0}>
            <Group justify="flex-end">
              <SegmentedControl
                size="xs"
                aria-label={t('span')}
                value={String(days)}
                onChange={(chosen) => change({ days: Number(chosen) })}
                data={spans.map((span) => ({ value: String(span), label: t('days', { number: span }) }))}
              />
            </Group>
            <ScoreCurve
              customerId={customerId}
              element={element}
              days={days}
              base={bases.data?.[element]}
              onPoint={setPointed}
              onChoose={(instant) => change({ at: new Date(instant).toISOString() })}
            />
          </Stack>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Timeline customerId={customerId} pointed={pointed ?? (at === undefined ? undefined : Date.parse(at))} />
      </Grid.Col>
    </Grid>
  );
}
