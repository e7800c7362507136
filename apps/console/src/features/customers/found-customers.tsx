import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useFound } from './customers-queries.ts';

/** Customers by an identifier or a name. Values that the reader may not see come masked. */
export function FoundCustomers({ text }: { readonly text: string }) {
  const { t } = useTranslation('customers');
  return (
    <Read query={useFound(text)}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('nobody')} text={t('nobody-why')} />
        ) : (
          <ul data-walk style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {items.map(({ customerId, name, identifiers = [], lastSeenAt }) => (
              <li key={customerId} data-row style={{ paddingBlock: '0.5rem' }}>
                <Anchor component={Link} to={`/customers/${customerId}`} fw={600}>
                  {name ?? identifiers[0]?.value ?? customerId.slice(-8)}
                </Anchor>
                <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {identifiers
                    .slice(0, 4)
                    .map(({ value }) => value)
                    .join(' · ')}
                  {lastSeenAt && (
                    <>
                      {' · '}
                      <Instant at={lastSeenAt} />
                    </>
                  )}
                </Text>
              </li>
            ))}
          </ul>
        )
      }
    </Read>
  );
}
