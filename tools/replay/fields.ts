import { Fault } from '../sestante/fault.ts';
import type { Row } from './rows.ts';

/** Reads a text that is not empty. Like the other functions here, throws a `Fault` with file and line. */
export function textOf<Column extends string>({ values, position }: Row<Column>, column: NoInfer<Column>): string {
  const text = values[column];
  if (text === '') throw new Fault(`${position}: ${column} must not be empty.`);
  return text;
}

export function numberOf<Column extends string>(row: Row<Column>, column: NoInfer<Column>): number {
  const text = textOf(row, column);
  const number = Number(text);
  if (!Number.isFinite(number)) throw new Fault(`${row.position}: ${column} must be a number, got "${text}".`);
  return number;
}

/** Reads an instant or a date in ISO 8601, unchanged. */
export function timeOf<Column extends string>(row: Row<Column>, column: NoInfer<Column>): string {
  const text = textOf(row, column);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Fault(`${row.position}: ${column} must be a date or an instant in ISO 8601, got "${text}".`);
  return text;
}
