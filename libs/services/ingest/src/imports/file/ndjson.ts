import { parse } from 'secure-json-parse';
import { eventOf } from './event.ts';
import { type FileFormat, type FileLine, lineFeed, type Said, textOf, unreadable } from './line.ts';

/** An event of the tracking API on each line, as JSON. */
export function ndjson(): FileFormat {
  return { endOf: (bytes, from) => bytes.indexOf(lineFeed, from), read };
}

function read(line: FileLine): Said {
  const text = textOf(line);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return undefined;
  try {
    const value = parse(text, undefined, { protoAction: 'remove', constructorAction: 'remove' }) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { event: isObject ? eventOf(value as Record<string, unknown>) : value };
  } catch {
    return unreadable(line, 'not-json', 'the line is not JSON');
  }
}
