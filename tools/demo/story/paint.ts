import { styleText } from 'node:util';

/** Colours on a terminal that shows them (NO_COLOR is heard), plain text elsewhere. */
export const paint = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text);

const width = 78;

/** A text in lines of at most 78 characters, each behind the same indent; the first behind `head`. */
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
