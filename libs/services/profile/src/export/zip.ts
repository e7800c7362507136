import { PassThrough, type Readable, Writable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { ZipWriter } from '@zip.js/zip.js';

/** A file of a ZIP archive. Its text is read when its turn comes. */
export interface ZipEntry {
  readonly name: string;
  readonly text: AsyncIterable<string>;
}

/** A ZIP archive that is written while it is read: little of it is in memory. If an entry fails, or the reader ends, so does the stream. */
export function zipOf(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
  const archive = new PassThrough();
  write(archive, entries).catch((error: unknown) => archive.destroy(error as Error));
  return archive;
}

/** Without workers and Zip64, which not every program reads: no file of a customer has 4 GB. */
const options = { useWebWorkers: false, zip64: false } as const;

async function write(archive: PassThrough, entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Promise<void> {
  const zip = new ZipWriter(Writable.toWeb(archive), options);
  for await (const { name, text } of entries) await zip.add(name, ReadableStream.from(bytesOf(text)));
  await zip.close();
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) yield Buffer.from(piece);
}
