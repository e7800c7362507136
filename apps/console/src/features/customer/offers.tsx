import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useOffers } from './customer-queries.ts';

/** What the customer was offered, newest first. */
export function Offers({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  return (
    <Read query={useOffers(customerId)}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t('no-offers')}</Text>
        ) : (
          <Stack gap="md">
            {items.map((offer) => (
              <div key={offer.offerId}>
                <Group gap="xs">
                  <Text fw={600}>{offer.title}</Text>
                  <Badge variant="default" tt="none" fw={500}>
                    {t(`status.${offer.status}`)}
                  </Badge>
                </Group>
                <Text size="sm">{offer.reason}</Text>
                <Text size="xs" c="dimmed">
                  <Instant at={offer.madeAt} /> · {t('ends')} <Instant at={offer.endsAt} /> · {offer.terms}
                </Text>
              </div>
            ))}
          </Stack>
        )
      }
    </Read>
  );
}
