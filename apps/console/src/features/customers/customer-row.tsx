import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Element, type ElementScore, fallingFrom, leastConfidence } from '../../pictures/elements.ts';
import { type Formats, useFormats } from '../../ui/formats.ts';
import { Instant } from '../../ui/instant.tsx';
import type { CustomerRow } from './customers-queries.ts';
import type { Part } from './customers-search.ts';
import { useNames } from '../../pictures/use-names.ts';

interface CustomerRowProps {
  readonly row: CustomerRow;
  readonly part: Part;
  readonly columns: readonly Element[];
}

/** One customer as a row of the table. */
export function CustomerRowCells({ row, part, columns }: CustomerRowProps) {
  const { t } = useTranslation('customers');
  const names = useNames();
  const formats = useFormats();
  return (
    <Table.Tr data-row>
      <Table.Td>
        <Anchor component={Link} to={`/customers/${row.customerId}`} size="sm">
          {row.customerId.slice(-8)}
        </Anchor>
        {row.loyal && (
          <Text span size="xs" c="dimmed">
            {' '}
            {t('loyal')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end">{row.overall === null ? '–' : formats.score(row.overall)}</Table.Td>
      {columns.map((element) => (
        <Table.Td key={element} ta="end">
          <PartOfScore score={row.elements[element]} part={part} formats={formats} />
        </Table.Td>
      ))}
      <Table.Td>
        <Text size="sm">{row.channels.map((channel) => names.channel(channel)).join(', ')}</Text>
      </Table.Td>
      <Table.Td>{row.lastActivityAt ? <Instant at={row.lastActivityAt} /> : '–'}</Table.Td>
    </Table.Tr>
  );
}

interface PartOfScoreProps {
  readonly score: ElementScore;
  readonly part: Part;
  readonly formats: Formats;
}

/** Pale where there is too little evidence; marked by an arrow where recent experience is clearly worse than the bond. */
function PartOfScore({ score, part, formats }: PartOfScoreProps) {
  const { drop, confidence } = score;
  if (part === 'confidence') return formats.share(confidence);
  const value = score[part];
  if (value === null) return '–';
  const isFalling = drop !== null && drop >= fallingFrom && confidence >= leastConfidence;
  return (
    <Text span size="sm" c={confidence < leastConfidence ? 'dimmed' : undefined}>
      {isFalling && part !== 'bond' && (
        <span aria-hidden style={{ color: 'var(--picture-bad)' }}>
          {'▼ '}
        </span>
      )}
      {formats.score(value)}
    </Text>
  );
}
