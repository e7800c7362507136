/** Texts that are the same in YAML without quotes. */
const plain = /^[A-Za-z$][\w .,()/-]*[\w.)]$/;
const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A JSON value as a block of YAML 1.2, keys in their order, with two spaces a level. */
export function toYaml(value: unknown): string {
  return `${linesOf(value).join('\n')}\n`;
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => indented('- ', linesOf(item)));
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [scalar(value)];
  return Object.entries(value).flatMap(([key, inner]) => {
    const lines = linesOf(inner);
    const isBlock = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0;
    return isBlock ? [`${scalar(key)}:`, ...indented('  ', lines)] : [`${scalar(key)}: ${lines[0]}`];
  });
}

/** The first line behind the mark, the others below it. */
function indented(mark: string, [first, ...rest]: readonly string[]): string[] {
  return [`${mark}${first}`, ...rest.map((line) => `  ${line}`)];
}

function scalar(value: unknown): string {
  return typeof value === 'string' && plain.test(value) && !reserved.test(value) ? value : JSON.stringify(value);
}
