import { Accordion, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { type RejectedEvent, useRejected } from './source-queries.ts';
import type { SourceSearch } from './source-search.ts';

/** The rejected events of one code, each as it arrived. */
export function RejectedList({ search }: { readonly search: SourceSearch }) {
  const { t } = useTranslation('sources');
  const rejected = useRejected(search);
  return (
    <section>
      <Title order={2} mb="xs">
        {t('rejected-with', { code: search.code })}
      </Title>
      <Read query={rejected}>
        {({ pages }) => (
          <Stack align="flex-start">
            <Accordion w="100%" variant="contained" chevronPosition="left">
              {pages
                .flatMap(({ items }) => items)
                .map((event) => (
                  <Rejected key={event.id} event={event} />
                ))}
            </Accordion>
            {rejected.hasNextPage && (
              <Button
                variant="default"
                size="xs"
                loading={rejected.isFetchingNextPage}
                onClick={() => void rejected.fetchNextPage()}
              >
                {t('more')}
              </Button>
            )}
          </Stack>
        )}
      </Read>
    </section>
  );
}

function Rejected({ event }: { readonly event: RejectedEvent }) {
  const { t } = useTranslation('sources');
  return (
    <Accordion.Item value={event.id}>
      <Accordion.Control>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            <Instant at={event.receivedAt} />
          </Text>
          <Text size="sm">{event.reason}</Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Code block tabIndex={0} aria-label={t('as-received')}>
          {readable(event.body)}
        </Code>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** JSON with line breaks; any other text as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
