import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useConsents } from './customer-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

/** What the customer agreed to, by purpose and by channel, with what was said last. */
export function Consents({ customerId }: { readonly customerId: string }) {
  const { t } = useTranslation('customer');
  const names = useNames();
  return (
    <Read query={useConsents(customerId)}>
      {({ items }) => (
        <Table.ScrollContainer minWidth={360}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('consent-for')}</Table.Th>
                <Table.Th>{t('consent-value')}</Table.Th>
                <Table.Th>{t('consent-said')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ subject, value, proof }) => (
                <Table.Tr key={subject}>
                  <Table.Td>{names.consent(subject)}</Table.Td>
                  <Table.Td>
                    <Text size="sm" c={value === 'unknown' ? 'dimmed' : undefined}>
                      {t(`consent.${value}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {proof ? (
                      <>
                        <Instant at={proof.saidAt} /> · {names.channel(proof.channel)}
                      </>
                    ) : (
                      '–'
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Read>
  );
}
