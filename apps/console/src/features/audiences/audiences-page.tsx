import { Anchor, Button, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { useAudiences } from './audience-queries.ts';

/** All audiences by name. A new one begins with a rule over customers. */
export function AudiencesPage() {
  const { t } = useTranslation('audiences');
  const start = (
    <Button component={Link} to="/customers">
      {t('start')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={start}>
      <Read query={useAudiences()}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('none')} text={t('none-why')} />
          ) : (
            <Table.ScrollContainer minWidth={480}>
              <Table highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('name')}</Table.Th>
                    <Table.Th>{t('changed')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody data-walk>
                  {items.map(({ audienceId, name, description, changedAt, changedBy }) => (
                    <Table.Tr key={audienceId} data-row>
                      <Table.Td>
                        <Anchor component={Link} to={`/audiences/${audienceId}`} fw={600}>
                          {name}
                        </Anchor>
                        <Text size="sm" c="dimmed" lineClamp={2}>
                          {description}
                        </Text>
                      </Table.Td>
                      <Table.Td>
                        <Instant at={changedAt} />
                        <Text size="sm" c="dimmed">
                          {changedBy.name}
                        </Text>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Read>
    </Page>
  );
}
