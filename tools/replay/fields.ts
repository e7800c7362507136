import { Fault } from '../sestante/fault.ts';
import type { Row } from './rows.ts';

/** A text that is not empty. Throws `Fault`, which names file and line, as the others here. */
export function textOf<Column extends string>({ values, place }: Row<Column>, column: NoInfer<Column>): string {
  const text = values[column];
  if (text === '') throw new Fault(`${place}: ${column} is empty.`);
  return text;
}

export function numberOf<Column extends string>(row: Row<Column>, column: NoInfer<Column>): number {
  const text = textOf(row, column);
  const number = Number(text);
  if (!Number.isFinite(number)) throw new Fault(`${row.place}: ${column} is "${text}" and not a number.`);
  return number;
}

/** An instant or a day in ISO 8601, as it stands there. */
export function timeOf<Column extends string>(row: Row<Column>, column: NoInfer<Column>): string {
  const text = textOf(row, column);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Fault(`${row.place}: ${column} is "${text}" and not a time.`);
  return text;
}
