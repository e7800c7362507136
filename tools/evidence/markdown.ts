/** A table: the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...rest] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rest.map(line)].join('\n');
}

/** A number with so many decimals, `–` if there is none, and never `-0`. */
export function decimals(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return (Number(value.toFixed(digits)) + 0).toFixed(digits);
}

/** With its sign: `+11.2`, `-14.0`. */
export function signed(value: number, digits = 1): string {
  const text = decimals(value, digits);
  return text.startsWith('-') ? text : `+${text}`;
}

/** `2017-10-09` */
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** `12.5 %` */
export const percentage = (share: number) => `${decimals(100 * share, 1)} %`;
