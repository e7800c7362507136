import { Accordion, Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../ui/instant.tsx';
import { Read } from '../../ui/read.tsx';
import { useVersions } from './audience-queries.ts';

/** How the audience was before, the latest first. */
export function Versions({ audienceId }: { readonly audienceId: string }) {
  const { t } = useTranslation('audiences');
  return (
    <Read query={useVersions(audienceId)}>
      {({ items }) => (
        <Accordion variant="separated" order={3}>
          {items.map(({ revision, name, description, rule, changedAt, changedBy }) => (
            <Accordion.Item key={revision} value={String(revision)}>
              <Accordion.Control>
                <Text fw={600} size="sm">
                  {t('version', { number: revision })} · {name}
                </Text>
                <Text size="xs" c="dimmed">
                  <Instant at={changedAt} /> · {changedBy.name}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                {description && <Text size="sm">{description}</Text>}
                <Code block>{JSON.stringify(rule, undefined, 2)}</Code>
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
    </Read>
  );
}
