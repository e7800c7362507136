import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useMembers } from './audience-queries.ts';

/** Who is in the audience now. */
export function Members({ audienceId }: { readonly audienceId: string }) {
  const { t } = useTranslation('audiences');
  const members = useMembers(audienceId);
  return (
    <Read query={members}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Text c="dimmed">{t('no-members')}</Text>;
        return (
          <Stack align="flex-start">
            <ul data-walk style={{ listStyle: 'none', margin: 0, padding: 0 }}>
              {items.map(({ customerId, enteredAt }) => (
                <li key={customerId} data-row style={{ paddingBlock: '0.25rem' }}>
                  <Anchor component={Link} to={`/customers/${customerId}`} size="sm">
                    {customerId.slice(-8)}
                  </Anchor>
                  {enteredAt && (
                    <Text span size="sm" c="dimmed">
                      {' '}
                      {t('since')} <Instant at={enteredAt} />
                    </Text>
                  )}
                </li>
              ))}
            </ul>
            {members.hasNextPage && (
              <Button
                variant="default"
                loading={members.isFetchingNextPage}
                onClick={() => void members.fetchNextPage()}
              >
                {t('more')}
              </Button>
            )}
          </Stack>
        );
      }}
    </Read>
  );
}
