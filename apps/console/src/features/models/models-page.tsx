import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { Scroll } from '../../ui/scroll.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { useFormats } from '../../ui/formats.ts';
import { type ModelSummary, useModels } from './model-queries.ts';

/** All models: what activities mean, now, before and perhaps soon. */
export function ModelsPage() {
  const { t } = useTranslation('models');
  const models = useModels();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<TextLink to="/new-model">{t('new-model')}</TextLink>}>
      <Read query={models}>
        {({ items }) => (
          <Scroll label={t('title')}>
            <Table verticalSpacing="xs" data-walk>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('version')}</Table.Th>
                  <Table.Th>{t('status')}</Table.Th>
                  <Table.Th>{t('live-since')}</Table.Th>
                  <Table.Th>{t('changed')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((model) => (
                  <Table.Tr key={model.version} data-row>
                    <Table.Td>
                      <TextLink to="/models/$version" params={{ version: model.version }} search={{ view: 'rules' }}>
                        {model.version}
                      </TextLink>
                    </Table.Td>
                    <Table.Td>
                      <Status model={model} />
                    </Table.Td>
                    <Table.Td>{model.liveSince === null ? '–' : <Instant at={model.liveSince} />}</Table.Td>
                    <Table.Td>
                      <Instant at={model.changedAt} />{' '}
                      <Text span c="dimmed" size="sm">
                        {model.changedBy?.name ?? t('by-software')}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        )}
      </Read>
    </Page>
  );
}

/** The status in words, with the progress of a shadow. */
export function Status({ model: { status, shadow } }: { readonly model: ModelSummary }) {
  const { t } = useTranslation('models');
  const formats = useFormats();
  const progress = shadow && status === 'shadow' ? ` · ${formats.share(shadow.progress)}` : '';
  return (
    <Badge variant={status === 'live' ? 'filled' : 'default'} tt="none">
      {t(`statuses.${status}`)}
      {progress}
    </Badge>
  );
}
