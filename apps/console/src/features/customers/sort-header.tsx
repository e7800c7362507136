import { Table, UnstyledButton } from '@mantine/core';
import type { SortKey } from './customers-search.ts';

interface SortHeaderProps {
  readonly name: SortKey;
  readonly label: string;
  readonly sort: SortKey;
  readonly order: 'asc' | 'desc';
  readonly onSort: (name: SortKey) => void;
}

/** The head of a column that can be sorted by. */
export function SortHeader({ name, label, sort, order, onSort }: SortHeaderProps) {
  const isSorted = name === sort;
  const direction = order === 'asc' ? 'ascending' : 'descending';
  return (
    <Table.Th
      aria-sort={isSorted ? direction : 'none'}
      style={{ textAlign: name === 'lastActivityAt' ? 'start' : 'end' }}
    >
      <UnstyledButton fz="inherit" fw="inherit" onClick={() => onSort(name)} style={{ whiteSpace: 'nowrap' }}>
        {label}
        <span aria-hidden style={{ display: 'inline-block', width: '1em' }}>
          {isSorted && (order === 'asc' ? ' ↑' : ' ↓')}
        </span>
      </UnstyledButton>
    </Table.Th>
  );
}
