import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Ask } from '../../ui/ask.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Read } from '../../ui/read.tsx';
import { showDone, showError } from '../../ui/show-error.ts';
import { DifferenceReport } from './difference-report.tsx';
import { type Model, move, removeShadow, type Shadow, useDifferences, useShadow } from './model-queries.ts';

/** Reads the whole history again under the model, compares it with the live one, and makes it live. */
export function ComparePanel({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  const shadow = useShadow(model.version);
  if (model.status === 'live') return <Alert variant="light">{t('is-live')}</Alert>;
  return <Read query={shadow}>{(read) => <Comparison model={model} shadow={read} />}</Read>;
}

function Comparison({ model: { version, status }, shadow }: { readonly model: Model; readonly shadow: Shadow | null }) {
  const { t } = useTranslation('models');
  const formats = useFormats();
  const client = useQueryClient();
  const isDone = shadow?.state === 'done';
  const differences = useDifferences(version, isDone);
  const step = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onError: showError,
    onSettled: () => client.invalidateQueries({ queryKey: ['models'] }),
  });
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['models'], exact: true });
  }, [isDone, client]);
  const button = (name: 'start' | 'again' | 'pause' | 'resume', work: () => Promise<unknown>) => (
    <Button size="compact-sm" variant="default" loading={step.isPending} onClick={() => step.mutate(work)}>
      {t(`step.${name}`)}
    </Button>
  );
  const start = () => move(version, 'shadow');
  const promote = async () => {
    await move(version, 'promote');
    showDone(t('promoted', { version }));
  };
  return (
    <Stack gap="lg">
      <Text maw={720}>{t(status === 'retired' && !shadow ? 'roll-back-why' : 'shadow-why')}</Text>
      {shadow && (
        <Stack gap={4} maw={560}>
          <Text size="sm" role="status">
            {t(`shadow.${shadow.state}`)} · {formats.share(shadow.progress)} ·{' '}
            {t('read-so-far', { count: shadow.activities, number: formats.count(shadow.activities) })}
          </Text>
          <Progress value={shadow.progress * 100} aria-label={t('progress')} />
          {shadow.fault !== null && <Alert color="red">{shadow.fault}</Alert>}
        </Stack>
      )}
      <Group gap="xs">
        {(shadow === null || shadow.state === 'failed') && button('start', start)}
        {shadow?.state === 'running' && button('pause', () => move(version, 'shadow/pause'))}
        {shadow?.state === 'paused' && button('resume', () => move(version, 'shadow/resume'))}
        {isDone && button('again', start)}
        {shadow && (
          <Ask
            button={t('remove-shadow')}
            question={t('remove-shadow-sure')}
            consequence={t('remove-shadow-why')}
            onYes={() => step.mutate(() => removeShadow(version))}
          />
        )}
        {isDone && differences.data && (
          <Ask
            button={t('promote')}
            question={t('promote-sure', { version })}
            consequence={t('promote-why', {
              before: differences.data.before,
              moved: formats.count(differences.data.scores.overall.moved),
              compared: formats.count(differences.data.compared),
            })}
            isHarmless
            isBusy={step.isPending}
            onYes={() => step.mutate(promote)}
          />
        )}
      </Group>
      {isDone && <Read query={differences}>{(read) => <DifferenceReport differences={read} />}</Read>}
    </Stack>
  );
}
