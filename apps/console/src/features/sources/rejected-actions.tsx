import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { RedriveOrRemove } from '../../ui/redrive-or-remove.tsx';

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
  return (
    <RedriveOrRemove
      words={{
        redrive: t('redrive'),
        remove: t('remove'),
        question: t('remove-sure', { count, code }),
        consequence: t('remove-why'),
      }}
      queryKey={['rejected']}
      redrive={async () => t('redriven', await redriveAll({ sourceId, code }))}
      remove={async () => {
        const query = { sourceId, code };
        const { removed } = await dataOf(api.DELETE('/api/v1/rejected', { params: { query } }));
        return t('removed', { count: removed });
      }}
    />
  );
}
