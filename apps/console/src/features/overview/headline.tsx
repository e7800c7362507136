import { Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../pictures/elements.ts';
import { useFormats } from '../../ui/formats.ts';
import { quartilesOf, type Summary } from './overview-queries.ts';

/** How many customers there are, how many of them are loyal, and how the relationship stands in one number. */
export function Headline({ summary: { customers, loyal, overall } }: { readonly summary: Summary }) {
  const { t, i18n } = useTranslation('overview');
  const formats = useFormats();
  const quartiles = quartilesOf(overall);
  return (
    <Group gap="xl" align="flex-start">
      <Figure label={t('customers')} value={formats.count(customers)} />
      <Figure
        label={t('loyal')}
        value={loyal?.share === null || loyal === null ? '–' : formats.share(loyal.share)}
        note={loyal && t('of-customers', { number: formats.count(loyal.count) })}
        meaning={loyal?.because ? inLanguage(loyal.because, i18n.language) : t('loyal-undefined')}
      />
      <Figure
        label={t('overall')}
        value={overall.mean === null ? '–' : formats.score(overall.mean)}
        note={quartiles && t('half', { low: formats.score(quartiles[0]), high: formats.score(quartiles[2]) })}
        meaning={t('overall-meaning')}
      />
    </Group>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly note?: ReactNode;
  /** One sentence behind a quiet mark. */
  readonly meaning?: string;
}

function Figure({ label, value, note, meaning }: FigureProps) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
        {meaning && (
          <Tooltip label={meaning} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
            <UnstyledButton fz="sm" ml={6} aria-label={`${label}: ${meaning}`}>
              ?
            </UnstyledButton>
          </Tooltip>
        )}
      </Text>
      <Text fz={32} fw={600} lh={1.2}>
        {value}
      </Text>
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}
