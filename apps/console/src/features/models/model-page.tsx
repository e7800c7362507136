import { Button, Tabs } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Ask } from '../../ui/ask.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { showError } from '../../ui/show-error.ts';
import { ComparePanel } from './compare-panel.tsx';
import { DocumentPanel } from './document-panel.tsx';
import { removeModel, useModel } from './model-queries.ts';
import { type ModelView, modelViews } from './model-search.ts';
import { Status } from './models-page.tsx';
import { RuleTable } from './rule-table.tsx';
import { TryPanel } from './try-panel.tsx';

const route = getRouteApi('/models/$version');

/** One model: its rules in words, its document, a try on one customer, and the comparison with the live one. */
export function ModelPage() {
  const { t } = useTranslation('models');
  const { version } = route.useParams();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const model = useModel(version);
  const remove = useMutation({
    mutationFn: () => removeModel(version),
    onSuccess: async () => {
      await navigate({ to: '/models' });
      client.removeQueries({ queryKey: ['models', version] });
      await client.invalidateQueries({ queryKey: ['models'] });
    },
    onError: showError,
  });
  const canRemove = model.data?.status === 'draft' || model.data?.status === 'shadow';
  const actions = (
    <>
      {model.data && <Status model={model.data} />}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void navigate({ to: '/new-model', search: { from: version } })}
      >
        {t('copy')}
      </Button>
      {canRemove && (
        <Ask
          button={t('remove')}
          question={t('remove-sure', { version })}
          consequence={t('remove-why')}
          isBusy={remove.isPending}
          onYes={() => remove.mutate()}
        />
      )}
    </>
  );
  return (
    <Page title={version} lead={t('model-lead')} actions={actions}>
      <Read query={model}>
        {(read) => (
          <Tabs
            value={view}
            keepMounted={false}
            onChange={(next) => void navigate({ search: { view: next as ModelView }, replace: true })}
          >
            <Tabs.List mb="md">
              {modelViews.map((one) => (
                <Tabs.Tab key={one} value={one}>
                  {t(`view.${one}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="rules">
              <RuleTable version={version} />
            </Tabs.Panel>
            <Tabs.Panel value="document">
              <DocumentPanel key={read.revision} model={read} />
            </Tabs.Panel>
            <Tabs.Panel value="try">
              <TryPanel version={version} />
            </Tabs.Panel>
            <Tabs.Panel value="compare">
              <ComparePanel model={read} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Read>
    </Page>
  );
}
