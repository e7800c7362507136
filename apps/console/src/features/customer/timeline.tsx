import { Button, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { type Activity, useTimeline } from './customer-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

interface TimelineProps {
  readonly customerId: string;
  /** An instant, in milliseconds since 1970: what came later is pale, and the list scrolls to it. */
  readonly pointed: number | undefined;
}

/** What the customer did and met, newest first. */
export function Timeline({ customerId, pointed }: TimelineProps) {
  const { t } = useTranslation('customer');
  const timeline = useTimeline(customerId);
  const current = useRef<HTMLLIElement>(null);
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pointed !== undefined && current.current) view.current?.scrollTo({ top: current.current.offsetTop });
  }, [pointed]);
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('timeline')}
      </Title>
      <Read query={timeline}>
        {({ pages }) => {
          const activities = pages.flatMap(({ items }) => items);
          const first = activities.find(({ timestamp }) => pointed === undefined || Date.parse(timestamp) <= pointed);
          return (
            <ScrollArea.Autosize mah={720} viewportRef={view} viewportProps={{ tabIndex: 0 }}>
              <ol style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                {activities.map((activity) => (
                  <Entry
                    key={activity.activityId}
                    activity={activity}
                    isLater={pointed !== undefined && Date.parse(activity.timestamp) > pointed}
                    {...(activity === first && { at: current })}
                  />
                ))}
              </ol>
              {timeline.hasNextPage && (
                <Button
                  variant="default"
                  size="xs"
                  loading={timeline.isFetchingNextPage}
                  onClick={() => void timeline.fetchNextPage()}
                >
                  {t('earlier')}
                </Button>
              )}
            </ScrollArea.Autosize>
          );
        }}
      </Read>
    </Stack>
  );
}

interface EntryProps {
  readonly activity: Activity;
  readonly isLater: boolean;
  readonly at?: React.Ref<HTMLLIElement>;
}

function Entry({ activity, isLater, at }: EntryProps) {
  const names = useNames();
  const { name, channel, timestamp, properties } = activity;
  const details = Object.entries(properties)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .slice(0, 4)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(' · ');
  return (
    <li ref={at} style={{ opacity: isLater ? 0.4 : 1, paddingBlock: '0.375rem' }}>
      <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        <Instant at={timestamp} /> · {names.channel(channel)}
      </Text>
      {details && (
        <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
          {details}
        </Text>
      )}
    </li>
  );
}
