/** A file of an export, as a service reads it from its database. */
export interface ExportFile {
  /** Lower-case letters, such as `offers`. */
  readonly name: string;
  /** What can be written as JSON. */
  readonly items: AsyncIterable<unknown> | Iterable<unknown>;
}

/** Some items of a file. */
export interface FilePart {
  readonly file: string;
  readonly items: readonly unknown[];
  /** The position among all parts, from 0. */
  readonly part: number;
  readonly isLast: boolean;
}

/** In bytes of JSON. Small beside the largest message (1 MiB), so that nobody needs much memory for a part. */
export const maxPartBytes = 256 * 1024;
/** In bytes of JSON. A larger item does not fit into a message with the rest of the part. */
export const maxItemBytes = 1_000_000;

/** Splits files into parts of at most `maxPartBytes`, or of one item. A file without items has one part without items. Reads the files as the parts are taken. */
export async function* partsOf(files: Iterable<ExportFile>): AsyncGenerator<FilePart> {
  let part = 0;
  let previous: Pick<FilePart, 'file' | 'items'> | undefined;
  for (const { name, items } of files)
    for await (const group of groupsOf(items)) {
      if (previous) yield { ...previous, part: part++, isLast: false };
      previous = { file: name, items: group };
    }
  if (previous) yield { ...previous, part, isLast: true };
}

async function* groupsOf(items: ExportFile['items']): AsyncGenerator<unknown[]> {
  let group: unknown[] = [];
  let bytes = 0;
  let isFirst = true;
  for await (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item));
    if (group.length > 0 && bytes + size > maxPartBytes) {
      yield group;
      [group, bytes, isFirst] = [[], 0, false];
    }
    group.push(size > maxItemBytes ? { isTooLarge: true, bytes: size } : item);
    bytes += size;
  }
  if (isFirst || group.length > 0) yield group;
}
