import { readFileSync } from 'node:fs';

export const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The cells of the rows of the table with this heading cell. */
export function rowsUnder(heading: string): string[][] {
  const lines = readme.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|') && cellsOf(line).includes(heading)) + 2;
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  return lines.slice(first, first + length).map(cellsOf);
}

/** An escaped bar is part of a cell. */
const cellsOf = (row: string) =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The texts in backticks. */
export const codesIn = (cell = '') => [...cell.matchAll(/`([^`]*)`/g)].map(([, code]) => code!);
