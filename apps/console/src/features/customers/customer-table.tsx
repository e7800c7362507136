import { Button, Group, MultiSelect, SegmentedControl, Stack, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { elements, type Element } from '../../pictures/elements.ts';
import { Empty } from '../../ui/empty.tsx';
import { Read } from '../../ui/read.tsx';
import { CustomerRowCells } from './customer-row.tsx';
import { useCustomers } from './customers-queries.ts';
import { type CustomersSearch, type Part, parts, type SortKey } from './customers-search.ts';
import { SortHeader } from './sort-header.tsx';
import { useNames } from '../../pictures/use-names.ts';

interface CustomerTableProps {
  readonly search: CustomersSearch;
  readonly onChange: (change: Partial<CustomersSearch>) => void;
}

/** The customers of a list, page by page. Its columns show one part of each chosen element. */
export function CustomerTable({ search, onChange }: CustomerTableProps) {
  const { t } = useTranslation('customers');
  const names = useNames();
  const { part = 'bond', columns = elements, sort = 'lastActivityAt', order = 'desc' } = search;
  const customers = useCustomers(search);
  const sorting = { sort, order, onSort: (key: SortKey) => onChange(sortedBy(key, sort, order)) };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <SegmentedControl
          size="xs"
          aria-label={t('shown')}
          value={part}
          onChange={(chosen) => onChange({ part: chosen as Part })}
          data={parts.map((one) => ({ value: one, label: names.part(one) }))}
        />
        <MultiSelect
          size="xs"
          w={{ base: '100%', sm: 360 }}
          aria-label={t('columns')}
          data={elements.map((element) => ({ value: element, label: names.element(element) }))}
          value={[...columns]}
          onChange={(chosen) => onChange({ columns: elements.filter((element) => chosen.includes(element)) })}
        />
      </Group>
      <Read query={customers}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <NoCustomers hasRule={search.rule !== undefined} />;
          return (
            <>
              <Table.ScrollContainer minWidth={640}>
                <Table highlightOnHover aria-busy={customers.isPlaceholderData}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('customer')}</Table.Th>
                      <SortHeader name="overall" label={t('overall')} {...sorting} />
                      {columns.map((element: Element) => (
                        <SortHeader
                          key={element}
                          name={`${element}.${part}`}
                          label={names.element(element)}
                          {...sorting}
                        />
                      ))}
                      <Table.Th>{t('channels')}</Table.Th>
                      <SortHeader name="lastActivityAt" label={t('last')} {...sorting} />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody data-walk>
                    {rows.map((row) => (
                      <CustomerRowCells key={row.customerId} row={row} part={part} columns={columns} />
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {customers.hasNextPage && (
                <Button
                  variant="default"
                  style={{ alignSelf: 'center' }}
                  loading={customers.isFetchingNextPage}
                  onClick={() => void customers.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              )}
            </>
          );
        }}
      </Read>
    </Stack>
  );
}

function NoCustomers({ hasRule }: { readonly hasRule: boolean }) {
  const { t } = useTranslation('customers');
  return hasRule ? (
    <Empty title={t('none')} text={t('none-why')} />
  ) : (
    <Empty title={t('no-data')} text={t('no-data-why')}>
      <code>npm run demo</code>
    </Empty>
  );
}

/** A key that is sorted by already changes its order. A score begins with the lowest, a time with the latest. */
function sortedBy(key: SortKey, sort: SortKey, order: 'asc' | 'desc'): Partial<CustomersSearch> {
  if (key === sort) return { sort, order: order === 'asc' ? 'desc' : 'asc' };
  return { sort: key, order: key === 'lastActivityAt' || key.endsWith('.drop') ? 'desc' : 'asc' };
}
