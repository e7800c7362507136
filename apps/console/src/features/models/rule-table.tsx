import { Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Read } from '../../ui/read.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { type RuleOfActivity, useActivities } from './model-queries.ts';
import { signalInWords } from './signal-in-words.ts';

const route = getRouteApi('/models/$version');
const addressDelayMs = 200;

/** What the model makes of each activity, and why. */
export function RuleTable({ version }: { readonly version: string }) {
  const { t, i18n } = useTranslation('models');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [find, setFind] = useState(search.find ?? '');
  const keepInAddress = useDebouncedCallback((text: string) => {
    void navigate({ search: (before) => ({ ...before, find: text }), replace: true });
  }, addressDelayMs);
  const activities = useActivities(version);
  const becauseOf = ({ because }: RuleOfActivity) =>
    (because as Readonly<Record<string, string>>)[i18n.language] ?? because.en;
  const isFound = (activity: string, rule: RuleOfActivity) =>
    `${activity} ${becauseOf(rule)} ${rule.signals.map(({ element }) => t(`element.${element}`)).join(' ')}`
      .toLowerCase()
      .includes(find.toLowerCase());
  return (
    <Stack>
      <TextInput
        type="search"
        label={t('find')}
        placeholder={t('find-example')}
        value={find}
        maw={360}
        onChange={({ currentTarget: { value } }) => {
          setFind(value);
          keepInAddress(value);
        }}
      />
      <Read query={activities}>
        {({ items }) => {
          const rows = items
            .flatMap(({ activity, rules }) => rules.map((rule) => ({ activity, rule })))
            .filter(({ activity, rule }) => isFound(activity, rule));
          const unread = items.filter(({ rules }) => rules.length === 0);
          return (
            <>
              <Text c="dimmed" size="sm" role="status">
                {t('rules-found', { count: rows.length })}
              </Text>
              <Scroll label={t('view.rules')}>
                <Table verticalSpacing="xs" miw={720} data-walk>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('activity')}</Table.Th>
                      <Table.Th>{t('moves')}</Table.Th>
                      <Table.Th>{t('because')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map(({ activity, rule }) => (
                      <Table.Tr key={rule.rule} data-row tabIndex={-1}>
                        <Table.Td>
                          <Text size="sm">{activity}</Text>
                          {rule.when !== undefined && (
                            <Text size="xs" c="dimmed">
                              {t('on-condition')}
                            </Text>
                          )}
                        </Table.Td>
                        <Table.Td>
                          {rule.signals.map((signal, index) => (
                            <Text key={index} size="sm">
                              {signalInWords(t, i18n.language, signal)}
                            </Text>
                          ))}
                        </Table.Td>
                        <Table.Td>{becauseOf(rule)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Scroll>
              {find === '' && unread.length > 0 && (
                <Text size="sm" c="dimmed">
                  {t('unread', { count: unread.length, names: unread.map(({ activity }) => activity).join(', ') })}
                </Text>
              )}
            </>
          );
        }}
      </Read>
    </Stack>
  );
}
