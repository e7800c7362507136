import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import type { Customer } from './customer-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

/** Identifiers that are shown before “and others”. */
const mostIdentifiers = 6;

/** The name that the customer gave, or else the beginning of the id. Values that the reader may not see come masked. */
export function nameOf({ customerId, traits }: Customer): string {
  const textOf = (trait: string) => {
    const value = traits[trait]?.value;
    return typeof value === 'string' ? value : '';
  };
  return textOf('name') || `${textOf('firstName')} ${textOf('lastName')}`.trim() || shortId(customerId);
}

/** Enough of an id to tell customers apart. */
export const shortId = (customerId: string): string => customerId.slice(-8);

/** By what the customer is known, where, and since when. */
export function WhoIsIt({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('customer');
  const names = useNames();
  const identifiers = customer.members.flatMap((member) => member.identifiers);
  const { inDifficulty, openApology } = customer.standing;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {identifiers.slice(0, mostIdentifiers).map(({ kind, value }) => (
          <Text key={`${kind} ${value}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
            <Text span size="sm" c="dimmed">
              {t(`identifier.${kind}`)}
            </Text>{' '}
            {value}
          </Text>
        ))}
        {identifiers.length > mostIdentifiers && (
          <Text size="sm" c="dimmed">
            {t('more-identifiers', { number: identifiers.length - mostIdentifiers })}
          </Text>
        )}
      </Group>
      <Group gap="xs">
        {customer.firstSeenAt && customer.lastSeenAt && (
          <Text size="sm" c="dimmed">
            {t('since')} <Instant at={customer.firstSeenAt} /> · {t('last')} <Instant at={customer.lastSeenAt} />
          </Text>
        )}
        {customer.channels.map(({ channel }) => (
          <Badge key={channel} variant="default" tt="none" fw={500}>
            {names.channel(channel)}
          </Badge>
        ))}
        {customer.isUnconfirmed && (
          <Badge variant="outline" color="gray" tt="none">
            {t('unconfirmed')}
          </Badge>
        )}
        {openApology && <Standing text={t('open-apology')} />}
        {inDifficulty && <Standing text={t('in-difficulty')} />}
      </Group>
    </Stack>
  );
}

function Standing({ text }: { readonly text: string }) {
  return (
    <Badge variant="outline" tt="none" style={{ color: 'var(--picture-bad)', borderColor: 'var(--picture-bad)' }}>
      {text}
    </Badge>
  );
}
