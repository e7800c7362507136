import { Select, Stack, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import { Read } from '../../ui/read.tsx';
import { useUrlState } from '../../ui/use-url-state.ts';
import { useAudiences, useOverlap } from './audience-queries.ts';
import { validateAudienceSearch } from './audience-search.ts';

/** How many customers two audiences share. */
export function OverlapWith({ audienceId }: { readonly audienceId: string }) {
  const { t } = useTranslation('audiences');
  const formats = useFormats();
  const [{ other = null }, change] = useUrlState(validateAudienceSearch);
  const audiences = useAudiences();
  const overlap = useOverlap(audienceId, other);
  const others = (audiences.data?.items ?? []).filter((one) => one.audienceId !== audienceId);
  return (
    <Stack maw={480}>
      <Select
        label={t('compare')}
        placeholder={others.length === 0 ? t('no-other') : t('choose')}
        data={others.map((one) => ({ value: one.audienceId, label: one.name }))}
        value={other}
        onChange={(chosen) => change({ other: chosen ?? undefined })}
        disabled={others.length === 0}
        searchable
      />
      {other !== null && (
        <Read query={overlap}>
          {(shares) => (
            <Table miw={0}>
              <Table.Tbody>
                {(['both', 'onlyThis', 'onlyOther'] as const).map((part) => (
                  <Table.Tr key={part}>
                    <Table.Th scope="row">{t(`overlap.${part}`)}</Table.Th>
                    <Table.Td ta="end">{formats.count(shares[part])}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Read>
      )}
    </Stack>
  );
}
