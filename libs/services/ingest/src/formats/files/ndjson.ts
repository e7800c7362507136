import { isObject } from '@sestante/contracts';
import { parse } from 'secure-json-parse';
import { type Encoding, type Mapping, plainMapping } from './mapping.ts';
import { eventOf } from './event.ts';
import { type FileFormat, type FileLine, lineFeed, type LineResult, textOf, unreadable } from './line.ts';

/** One event of the tracking API per line, as JSON. */
export function ndjson({ encoding }: Pick<Mapping, 'encoding'> = plainMapping): FileFormat {
  return {
    endOf: (bytes, from) => bytes.indexOf(lineFeed, from),
    read: (line) => read(line, encoding),
    contentOf: (line) => line.bytes.toString().trim(),
  };
}

function read(line: FileLine, encoding: Encoding): LineResult {
  const text = textOf(line, encoding);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return undefined;
  try {
    const value = parse(text, undefined, { protoAction: 'remove', constructorAction: 'remove' }) as unknown;
    return { event: isObject(value) ? eventOf(value) : value };
  } catch {
    return unreadable(line, 'not-json', 'the line is not valid JSON');
  }
}
