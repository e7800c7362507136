import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, dataOf } from '../../api/client.ts';
import { showDone } from '../../ui/show-error.ts';
import { DocumentEditor } from './document-editor.tsx';
import type { Model } from './model-queries.ts';
import { useDraftText } from './use-draft-text.ts';

/** The document of a model: of a draft to change, of any other to read. */
export function DocumentPanel({ model }: { readonly model: Model }) {
  const { t } = useTranslation('models');
  const stored = JSON.stringify(model.document, null, 2);
  if (model.status !== 'draft')
    return (
      <Stack>
        <Alert variant="light">{t('not-a-draft')}</Alert>
        <Code block tabIndex={0} aria-label={t('view.document')} mah="70vh" style={{ overflow: 'auto' }}>
          {stored}
        </Code>
      </Stack>
    );
  return <DraftEditor model={model} stored={stored} />;
}

function DraftEditor({ model: { version, revision }, stored }: { readonly model: Model; readonly stored: string }) {
  const { t } = useTranslation('models');
  const client = useQueryClient();
  const draft = useDraftText(`${version} ${revision}`, stored);
  const save = useMutation({
    mutationFn: (body: { version: string }) =>
      dataOf(
        api.PUT('/api/v1/models/{version}', {
          params: { path: { version }, header: { 'if-match': `"${revision}"` } },
          body,
        }),
      ),
    onSuccess: async () => {
      draft.forget();
      showDone(t('saved'));
      await client.invalidateQueries({ queryKey: ['models'] });
    },
  });
  return (
    <DocumentEditor
      text={draft.text}
      onChange={draft.setText}
      error={save.error}
      submit={(document) => save.mutate(document)}
      actions={(isValid) => (
        <Group>
          <Button type="submit" disabled={!isValid || draft.text === stored} loading={save.isPending}>
            {t('save')}
          </Button>
          <Button variant="default" disabled={draft.text === stored} onClick={draft.forget}>
            {t('undo')}
          </Button>
          {draft.text !== stored && (
            <Text size="sm" c="dimmed">
              {t('unsaved')}
            </Text>
          )}
        </Group>
      )}
    />
  );
}
