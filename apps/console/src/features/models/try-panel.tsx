import { Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { elements } from '../../pictures/elements.ts';
import { useFormats } from '../../ui/formats.ts';
import { Read } from '../../ui/read.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { useDryRun } from './model-queries.ts';
import { RuleDifferences } from './rule-differences.tsx';

const route = getRouteApi('/models/$version');

/** The scores of one customer under the live model and under this one, and why they differ. Nothing is stored. */
export function TryPanel({ version }: { readonly version: string }) {
  const { t } = useTranslation('models');
  const { customer } = route.useSearch();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(customer ?? '');
  const run = useDryRun(version, customer);
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: { view: 'try', customer: typed.trim() } });
        }}
      >
        <Group align="flex-end">
          <TextInput
            type="search"
            label={t('customer')}
            description={t('customer-why')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            w={360}
            maw="100%"
          />
          <Button type="submit" disabled={typed.trim() === ''}>
            {t('try')}
          </Button>
        </Group>
      </form>
      {customer !== undefined && (
        <Read query={run}>
          {({ before, after, rules }) => (
            <Stack gap="xl">
              <BondTable
                rows={[
                  ['overall', before.overall, after.overall],
                  ...elements.map((one) => [one, before.elements[one].bond, after.elements[one].bond] as const),
                ]}
              />
              <section>
                <Title order={2} mb="xs">
                  {t('why')}
                </Title>
                <RuleDifferences rules={rules} />
              </section>
            </Stack>
          )}
        </Read>
      )}
    </Stack>
  );
}

interface BondTableProps {
  readonly rows: readonly (readonly [name: string, before: number | null, after: number | null])[];
}

function BondTable({ rows }: BondTableProps) {
  const { t } = useTranslation('models');
  const formats = useFormats();
  const score = (value: number | null) => (value === null ? t('too-little') : formats.score(value));
  return (
    <Scroll label={t('scores')}>
      <Table maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('score')}</Table.Th>
            <Table.Th ta="right">{t('live-now')}</Table.Th>
            <Table.Th ta="right">{t('this-model')}</Table.Th>
            <Table.Th ta="right">{t('change')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, before, after]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`element.${name}`)}</Table.Td>
              <Table.Td ta="right">{score(before)}</Table.Td>
              <Table.Td ta="right">{score(after)}</Table.Td>
              <Table.Td ta="right">
                <Text size="sm" fw={600}>
                  {before === null || after === null ? '–' : formats.change(after - before)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
