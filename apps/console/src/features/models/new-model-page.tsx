import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { type Model, useModel, useModels } from './model-queries.ts';
import { useDraftText } from './use-draft-text.ts';

const route = getRouteApi('/new-model');

/** A new draft, copied from another model. */
export function NewModelPage() {
  const { t } = useTranslation('models');
  const { from } = route.useSearch();
  const models = useModels();
  return (
    <Page title={t('new-model')} lead={t('new-model-lead')}>
      <Read query={models}>
        {({ items }) => <Copy from={from ?? items.find(({ status }) => status === 'live')?.version ?? ''} />}
      </Read>
    </Page>
  );
}

function Copy({ from }: { readonly from: string }) {
  const model = useModel(from);
  return <Read query={model}>{(read) => <Draft key={from} model={read} />}</Read>;
}

function Draft({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const copied = JSON.stringify({ ...model.document, version: `${model.version}-copy` }, null, 2);
  const draft = useDraftText(`copy of ${model.version}`, copied);
  const create = useMutation({
    mutationFn: (body: { version: string }) => dataOf(api.POST('/api/v1/models', { body })),
    onSuccess: async ({ version }) => {
      draft.forget();
      await client.invalidateQueries({ queryKey: ['models'] });
      await navigate({ to: '/models/$version', params: { version }, search: { view: 'rules' } });
    },
  });
  return (
    <DocumentEditor
      text={draft.text}
      onChange={draft.setText}
      error={create.error}
      submit={(document) => create.mutate(document)}
      actions={(isValid) => (
        <Group>
          <Button type="submit" disabled={!isValid} loading={create.isPending}>
            {t('create')}
          </Button>
          <Button variant="default" onClick={draft.forget} disabled={draft.text === copied}>
            {t('undo')}
          </Button>
        </Group>
      )}
    />
  );
}
