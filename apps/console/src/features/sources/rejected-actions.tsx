import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { Ask } from '../../ui/ask.tsx';
import { showDone, showError } from '../../ui/show-error.ts';

interface RejectedActionsProps {
  readonly sourceId: string;
  readonly code: string;
  readonly count: number;
}

/** Reprocesses all events of the filter: one request reprocesses at most 10,000 of them. */
async function redriveAll(filter: { readonly sourceId: string; readonly code: string }) {
  const sum = { accepted: 0, rejected: 0 };
  let after: string | undefined;
  do {
    const body = { ...filter, ...(after !== undefined && { after }) };
    const { accepted, rejected, next } = await dataOf(api.POST('/api/v1/rejected/redrive', { body }));
    sum.accepted += accepted;
    sum.rejected += rejected;
    after = next ?? undefined;
  } while (after !== undefined);
  return sum;
}

/** Judges the rejected events of a source and code again, or removes them. */
export function RejectedActions({ sourceId, code, count }: RejectedActionsProps) {
  const { t } = useTranslation('sources');
  const client = useQueryClient();
  const settled = { onError: showError, onSettled: () => client.invalidateQueries({ queryKey: ['rejected'] }) };
  const redrive = useMutation({
    mutationFn: () => redriveAll({ sourceId, code }),
    onSuccess: (sum) => showDone(t('redriven', sum)),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: () => dataOf(api.DELETE('/api/v1/rejected', { params: { query: { sourceId, code } } })),
    onSuccess: ({ removed }) => showDone(t('removed', { count: removed })),
    ...settled,
  });
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={redrive.isPending} onClick={() => redrive.mutate()}>
        {t('redrive')}
      </Button>
      <Ask
        button={t('remove')}
        question={t('remove-sure', { count, code })}
        consequence={t('remove-why')}
        isBusy={remove.isPending}
        onYes={() => remove.mutate()}
      />
    </Group>
  );
}
