import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { ExportParts } from './export-parts.ts';
import type { StoredExport } from './exports.ts';
import { inReadingOrder } from './export-files.ts';
import { jsonText } from './json-text.ts';
import { pageOf, type PageFile } from './page/page.ts';
import { type ZipEntry, zipOf } from './zip.ts';

export const formats = ['zip', 'json', 'html'] as const;
export type Format = (typeof formats)[number];

interface File extends PageFile {
  readonly service: string;
}

/** Writes an export that is ready as one stream, while it is read from the database. */
@Injectable()
export class WriteExport {
  constructor(private readonly parts: ExportParts) {}

  /** The export as a ZIP archive of all files, as one JSON document, or as a page. */
  async as(format: Format, stored: StoredExport): Promise<Readable> {
    const files = await this.filesOf(stored);
    if (format === 'zip') return zipOf(entriesOf(stored, files));
    return Readable.from(format === 'json' ? documentOf(stored, files) : pageOf(files, stored.requestedAt), {
      objectMode: false,
    });
  }

  private async filesOf({ exportId }: StoredExport): Promise<File[]> {
    const stored = new Map((await this.parts.files(exportId)).map((file) => [file.name, file]));
    return inReadingOrder([...stored.keys()]).map((file) => {
      const { service, asOf } = stored.get(file.name)!;
      return { ...file, service, asOf, items: () => this.parts.items(exportId, file.name) };
    });
  }
}

function* entriesOf(stored: StoredExport, files: readonly File[]): Generator<ZipEntry> {
  yield { name: 'index.html', text: pageOf(files, stored.requestedAt) };
  yield { name: 'about.json', text: jsonText(itemOf(aboutOf(stored, files)), true) };
  for (const { name, isObject = false, items } of files)
    yield { name: `${name}.json`, text: jsonText(items(), isObject) };
}

async function* documentOf(stored: StoredExport, files: readonly File[]): AsyncGenerator<string> {
  yield `{"about": ${JSON.stringify(aboutOf(stored, files), null, 2)}`;
  for (const { name, isObject = false, items } of files) {
    yield `,\n${JSON.stringify(name)}: `;
    yield* jsonText(items(), isObject);
  }
  yield '}\n';
}

/** What the export is, and the instant at which the service of each file has read it. */
function aboutOf({ exportId, customerId, requestedAt }: StoredExport, files: readonly File[]) {
  return {
    exportId,
    customerId,
    requestedAt: requestedAt.toISOString(),
    files: files.map(({ name, service, asOf }) => ({ name, service, asOf: asOf.toISOString() })),
  };
}

async function* itemOf(item: unknown): AsyncGenerator<unknown> {
  yield item;
}
