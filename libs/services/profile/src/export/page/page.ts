import type { KnownFile } from '../export-files.ts';
import { type Markup, markup } from './markup.ts';
import { profileSection, scoresSection } from './profile-section.ts';
import { rowOf, type Table, tables } from './rows.ts';
import { fieldsOf, instantOf } from './words.ts';

/** A file of the export, as the page reads it. */
export interface PageFile extends KnownFile {
  readonly asOf: Date;
  /** Reads its items. */
  readonly items: () => AsyncIterable<unknown>;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.8rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #ccc; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #e5e5e5; overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; } .note { color: #555; }
@media print { body { font-size: 11px; margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

/**
 * A page for people about everything in the export, piece by piece. It has no scripts and loads nothing. Long lists are cut; the files have them in full.
 *
 * @param requestedAt when the customer asked for it
 */
export async function* pageOf(files: readonly PageFile[], requestedAt: Date): AsyncGenerator<string> {
  yield `${headOf(requestedAt)}`;
  for (const file of files) {
    const section = await sectionOf(file);
    if (!section) continue;
    yield `${markup`<h2>${file.title}</h2>\n`}`;
    yield* section;
  }
  yield `${footOf(files)}`;
}

async function sectionOf(file: PageFile): Promise<AsyncIterable<string> | Iterable<string> | undefined> {
  if (file.name === 'profile') return [`${profileSection(await firstOf(file))}`];
  if (file.name === 'scores') return [`${scoresSection(await firstOf(file))}`];
  const table = tables[file.name]?.();
  return table && tableOf(file, table);
}

async function firstOf(file: PageFile): Promise<unknown> {
  for await (const item of file.items()) return item;
  return undefined;
}

async function* tableOf(file: PageFile, { intro, heads, cells, most }: Table): AsyncGenerator<string> {
  yield `${markup`<p>${intro}</p>\n`}`;
  let count = 0;
  let isCut = false;
  for await (const item of file.items()) {
    const row = cells(fieldsOf(item));
    if (!row) continue;
    isCut = count === most;
    if (isCut) break;
    if (count === 0) yield `${markup`<table><thead>${headRow(heads)}</thead><tbody>\n`}`;
    yield `${rowOf(row)}`;
    count += 1;
  }
  yield count === 0 ? '<p>Nothing.</p>\n' : '</tbody></table>\n';
  if (isCut) yield `${markup`<p class="note">Here are the first ${most}. All of them are in ${file.name}.json.</p>\n`}`;
}

const headRow = (heads: readonly string[]) => markup`<tr>${heads.map((name) => markup`<th>${name}</th>`)}</tr>`;

const headOf = (requestedAt: Date) => markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What we know about you</title>
<style>${style}</style>
</head>
<body>
<h1>What we know about you</h1>
<p>You asked for it on ${instantOf(requestedAt.toISOString())}. This page is for reading and printing. The files beside it have the same in full, for programs.</p>
`;

function footOf(files: readonly PageFile[]): Markup {
  const rows = files.map(({ name, title, asOf }) => rowOf([`${name}.json`, title, instantOf(asOf.toISOString())]));
  return markup`<h2>The files</h2>
<table><thead>${headRow(['File', 'Content', 'As of'])}</thead><tbody>
${rows}</tbody></table>
</body>
</html>
`;
}
