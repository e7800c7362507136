import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Element } from '../../pictures/elements.ts';
import { Waterfall } from '../../pictures/waterfall.tsx';
import { Read } from '../../ui/read.tsx';
import { useExplanation } from './customer-queries.ts';
import { useNames } from '../../pictures/use-names.ts';

interface ExplainedScoreProps {
  readonly customerId: string;
  readonly element: Element;
  readonly at: string | undefined;
}

/** Why the bond of an element is what it is. */
export function ExplainedScore({ customerId, element, at }: ExplainedScoreProps) {
  const { t } = useTranslation('customer');
  const names = useNames();
  const explanation = useExplanation(customerId, element, at);
  return (
    <Stack gap="xs" mih={200}>
      <Title order={2} size="h4">
        {t('why', { element: names.element(element) })}
      </Title>
      <Text size="sm" c="dimmed">
        {names.question(element)}
      </Text>
      <Read query={explanation}>
        {({ base, score, groups, contributions }) =>
          score === null ? (
            <Text size="sm">{t('no-evidence')}</Text>
          ) : (
            <Waterfall base={base} score={score} groups={groups} contributions={contributions} />
          )
        }
      </Read>
    </Stack>
  );
}
