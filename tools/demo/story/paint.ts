import { styleText } from 'node:util';

/** Coloured text on a terminal with colours (NO_COLOR is respected), otherwise plain text. */
export const paint = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text);

const width = 78;

/** Wraps a text into lines of at most 78 characters with the same indent. The first line starts with `head`. */
export function paragraph(head: string, text: string): string[] {
  const indent = ' '.repeat(head.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && head.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((part, index) => (index === 0 && head ? paint('dim', head) : indent) + part);
}
