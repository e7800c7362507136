/** SQL with expressions in the places of its parameters: a view has no parameters. The first of `values` stands for `$1`. */
export function withValues(sql: string, values: readonly string[]): string {
  return sql.replace(/\$(\d{1,5})/g, (_, place: string) => values[Number(place) - 1]!);
}

/** A value as a literal: a number, a text, true or false, or texts. */
export function literalOf(value: unknown): string {
  if (Array.isArray(value)) return `array[${value.map(literalOf).join(', ')}]::text[]`;
  if (typeof value !== 'string') return String(value);
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
