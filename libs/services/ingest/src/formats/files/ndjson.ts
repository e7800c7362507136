import { isObject } from '@sestante/contracts';
import { parse } from 'secure-json-parse';
import { type Encoding, type Mapping, plainMapping } from './mapping.ts';
import { eventOf } from './event.ts';
import { type FileFormat, type FileLine, lineFeed, type Said, textOf, unreadable } from './line.ts';

/** An event of the tracking API on each line, as JSON. */
export function ndjson({ encoding }: Pick<Mapping, 'encoding'> = plainMapping): FileFormat {
  return {
    endOf: (bytes, from) => bytes.indexOf(lineFeed, from),
    read: (line) => read(line, encoding),
    contentOf: (line) => line.bytes.toString().trim(),
  };
}

function read(line: FileLine, encoding: Encoding): Said {
  const text = textOf(line, encoding);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return undefined;
  try {
    const value = parse(text, undefined, { protoAction: 'remove', constructorAction: 'remove' }) as unknown;
    return { event: isObject(value) ? eventOf(value) : value };
  } catch {
    return unreadable(line, 'not-json', 'the line is not JSON');
  }
}
