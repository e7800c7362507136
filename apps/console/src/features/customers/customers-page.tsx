import { Stack, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { useUrlState } from '../../ui/use-url-state.ts';
import { CustomerTable } from './customer-table.tsx';
import { validateCustomersSearch } from './customers-search.ts';
import { FoundCustomers } from './found-customers.tsx';
import { ListActions } from './list-actions.tsx';
import { RuleOfList } from './rule-of-list.tsx';

const typingMs = 300;

/** Finds one customer by a text, or many by a rule. */
export function CustomersPage() {
  const { t } = useTranslation('customers');
  const [search, change] = useUrlState(validateCustomersSearch);
  const [text, setText] = useState(search.text ?? '');
  const searchFor = useDebouncedCallback((typed: string) => change({ text: typed || undefined }), typingMs);
  // A clerk looks up one customer, and reads no lists.
  const seesLists = useSession().data?.role !== 'clerk';
  return (
    <Page title={t('title')} lead={t('lead')} actions={seesLists && <ListActions rule={search.rule} />}>
      <TextInput
        type="search"
        label={t('search')}
        placeholder={t('search-for')}
        maw={480}
        value={text}
        maxLength={100}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          searchFor(currentTarget.value.trim());
        }}
      />
      {search.text && <FoundCustomers text={search.text} />}
      {seesLists && !search.text && (
        <Stack gap="md">
          <Title order={2} size="h4">
            {t('who')}
          </Title>
          <RuleOfList rule={search.rule} onChange={(rule) => change({ rule })} />
          <CustomerTable search={search} onChange={change} />
        </Stack>
      )}
    </Page>
  );
}
